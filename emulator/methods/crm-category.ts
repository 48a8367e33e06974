import type { Category } from '../portal/entities';
import { DEAL, itemsOf, requireEntityType } from '../portal/crm/entity-types';
import { DEAL_STAGES, putStages } from '../portal/crm/default-dictionaries';
import { family, type RestCall } from '../rest/method';
import { Page } from '../rest/page';
import { integer, type PlainObject } from '../rest/params';
import { RestError } from '../rest/rest-error';

/** Pipelines of deals (api-reference/crm/universal/category/). */
export const crmCategoryMethods = family(['crm'], {
	/** crm-category-list.md: numbers are numbers; all at once, with `total`. */
	'crm.category.list': (call) => {
		requireDeals(call);
		const categories = call.portal.categories.select({ orderBy: '"sort", id' }).map(view);
		return new Page({ categories }, categories.length);
	},
	/** crm-category-get.md */
	'crm.category.get': (call) => ({ category: view(requireCategory(call)) }),
	/** crm-category-add.md: a new pipeline of deals comes with the default stages. */
	'crm.category.add': (call) => {
		requireDeals(call);
		requireAdministrator(call);
		const fields = call.params.object('fields');
		const name = String(fields.name ?? '').trim();
		if (!name) throw new RestError(0, "Field 'NAME' is required");
		const id = call.portal.store.nextId('category', 2);
		const category = call.portal.categories.insert({ id, name, sort: sortOf(fields.sort, 500) });
		putStages(call.portal, `DEAL_STAGE_${id}`, id, DEAL_STAGES);
		return { category: view(category) };
	},
	/** crm-category-update.md: `isDefault` cannot be changed for deals. */
	'crm.category.update': (call) => {
		const category = requireCategory(call);
		requireAdministrator(call);
		const fields = call.params.object('fields');
		const name = fields.name === undefined ? category.name : String(fields.name);
		const changed = call.portal.categories.update(category.id, { name, sort: sortOf(fields.sort, category.sort) });
		return { category: view(changed) };
	},
	/** crm-category-delete.md: answers null; neither the default pipeline nor one with deals can go. */
	'crm.category.delete': (call) => {
		const category = requireCategory(call);
		requireAdministrator(call);
		const { portal } = call;
		if (category.id === 0) throw new RestError(0, 'Default deal category cannot be deleted');
		if (itemsOf(portal, DEAL).first({ categoryId: category.id })) {
			throw new RestError(0, `Deals related to the funnel ${category.name} found`);
		}
		portal.categories.remove(category.id);
		portal.statuses
			.find({ entityId: `DEAL_STAGE_${category.id}` })
			.forEach((status) => portal.statuses.remove(status.id));
		return null;
	},
});

function requireDeals(call: RestCall): void {
	const type = requireEntityType(call.params.integer('entityTypeId'));
	if (type.id !== DEAL) throw new RestError('ENTITY_TYPE_NOT_SUPPORTED', `Entity type ${type.name} is not supported`);
}

function requireCategory(call: RestCall): Category {
	requireDeals(call);
	const id = call.params.integer('id');
	const category = id === undefined ? undefined : call.portal.categories.get(id);
	if (!category) throw new RestError('NOT_FOUND', 'Element not found');
	return category;
}

function requireAdministrator(call: RestCall): void {
	if (!call.user.admin) throw new RestError('ACCESS_DENIED', 'Access denied');
}

function sortOf(given: unknown, fallback: number): number {
	return Math.max(0, integer(given) ?? fallback);
}

function view({ id, name, sort }: Category): PlainObject {
	const common = { id, name, sort, entityTypeId: DEAL };
	return id === 0 ? { ...common, isDefault: 'Y' } : { ...common, isDefault: 'N', originId: '', originatorId: '' };
}
