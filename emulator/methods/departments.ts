import type { Department } from '../portal/entities';
import { family, type RestCall } from '../rest/method';
import { compileOrder } from '../rest/order';
import { Page, readPage } from '../rest/page';
import type { PlainObject } from '../rest/params';
import { RestError } from '../rest/rest-error';

/** The company's structure (api-reference/departments/). */
export const departmentMethods = family(['department'], {
	/** department-get.md: ID and PARENT as text, SORT as a number, UF_HEAD only where there is a head. */
	'department.get': getDepartments,
	/** department-add.md */
	'department.add': addDepartment,
	/** department-update.md */
	'department.update': updateDepartment,
});

const FIELDS: Record<string, keyof Department> = {
	ID: 'id',
	NAME: 'name',
	SORT: 'sort',
	PARENT: 'parent',
	UF_HEAD: 'head',
};

function getDepartments(call: RestCall): Page {
	const { departments } = call.portal;
	const { params } = call;
	const parts: string[] = [];
	const values: Array<string | number> = [];
	for (const [name, field] of Object.entries(FIELDS)) {
		// `sort` is the field to sort by unless it is a number, the department's own sort index.
		if (!params.has(name) || (name === 'SORT' && params.integer('sort') === undefined)) continue;
		parts.push(`${departments.expression(field)} = ?`);
		values.push(name === 'NAME' ? params.text(name) : (params.integer(name) ?? -1));
	}
	const sort = params.text('sort').toUpperCase();
	const orderBy = compileOrder(FIELDS[sort] ? { [sort]: params.text('order') || 'ASC' } : {}, (name) =>
		departments.expression(FIELDS[name]),
	);
	const where = parts.length > 0 ? { sql: parts.join(' AND '), values } : undefined;
	return readPage(departments, { where, orderBy, start: params.start() }, (rows) => rows.map(viewDepartment));
}

function viewDepartment(department: Department): PlainObject {
	return {
		ID: String(department.id),
		NAME: department.name,
		SORT: department.sort,
		...(department.parent === 0 ? {} : { PARENT: String(department.parent) }),
		...(department.head === 0 ? {} : { UF_HEAD: String(department.head) }),
	};
}

function addDepartment(call: RestCall): number {
	const { portal, params, user } = call;
	if (!user.admin) throw new RestError('ERROR_CORE', 'Access denied');
	if (!params.text('NAME').trim()) throw new RestError('ERROR_CORE', 'Department name not provided.<br>');
	const parent = params.integer('PARENT') ?? 0;
	if (!portal.departments.get(parent)) {
		throw new RestError('ERROR_CORE', 'There can only be one top-level department in the company structure');
	}
	const head = params.integer('UF_HEAD') ?? 0;
	return portal.departments.insert({ name: params.text('NAME'), sort: params.integer('SORT') ?? 500, parent, head }).id;
}

function updateDepartment(call: RestCall): boolean {
	const { portal, params, user } = call;
	if (!user.admin) throw new RestError('ERROR_CORE', 'Access denied');
	const department = portal.departments.get(params.integer('ID') ?? 0);
	if (!department) throw new RestError('ERROR_CORE', 'Department not found');
	portal.departments.update(department.id, {
		name: params.has('NAME') ? params.text('NAME') : department.name,
		sort: params.integer('SORT') ?? department.sort,
		parent: params.integer('PARENT') ?? department.parent,
		head: params.integer('UF_HEAD') ?? department.head,
	});
	return true;
}
