import type { PortalClock } from '../clock';
import { PortalTime } from '../rest/portal-time';
import type { Collection } from '../store/collection';
import { Store } from '../store/store';
import type {
	Absence,
	Category,
	ChecklistItem,
	CrmItem,
	Department,
	ListElement,
	ListProperty,
	PortalList,
	StageHistoryEntry,
	Status,
	Task,
	TaskComment,
	TimelineComment,
	User,
	UserField,
	WorkflowTemplate,
} from './entities';
import { EventBus } from './event-bus';
import { Outbox } from './outbox';
import { DEFAULT_SWITCHES, type Switches } from './switches';

/** Who changes something: a person (with a token that events can pass on) or the portal's own automation. */
export interface Actor {
	userId: number;
}

/** The data of the portal and what its parts share. Behaviour lives beside it, one file per subject. */
export class Portal {
	readonly time: PortalTime;
	readonly events = new EventBus();
	readonly outbox = new Outbox();
	switches: Switches = { ...DEFAULT_SWITCHES };

	readonly users: Collection<User>;
	readonly departments: Collection<Department>;
	readonly absences: Collection<Absence>;
	readonly statuses: Collection<Status>;
	readonly categories: Collection<Category>;
	readonly userFields: Collection<UserField>;
	readonly items: Map<number, Collection<CrmItem>>;
	readonly stageHistory: Map<number, Collection<StageHistoryEntry>>;
	readonly timelineComments: Collection<TimelineComment>;
	readonly tasks: Collection<Task>;
	readonly checklistItems: Collection<ChecklistItem>;
	readonly taskComments: Collection<TaskComment>;
	readonly lists: Collection<PortalList>;
	readonly listProperties: Collection<ListProperty>;
	readonly listElements: Collection<ListElement>;
	readonly workflowTemplates: Collection<WorkflowTemplate>;

	private constructor(
		readonly store: Store,
		readonly clock: PortalClock,
		readonly timeZone: string,
	) {
		this.time = new PortalTime(timeZone, () => clock.now());
		this.users = store.collection('user', ['active', 'lastName']);
		this.departments = store.collection('department', ['parent']);
		this.absences = store.collection('absence', ['userId']);
		this.statuses = store.collection('status', ['entityId', 'statusId', 'sort']);
		this.categories = store.collection('category', ['sort']);
		this.userFields = store.collection('user_field', ['entityId', 'fieldName']);
		const itemColumns = ['stageId', 'categoryId', 'createdTime', 'updatedTime', 'movedTime', 'originId', 'contactId'];
		this.items = new Map(
			[
				[1, 'lead'],
				[2, 'deal'],
				[3, 'contact'],
				[4, 'company'],
			].map(([type, name]) => [type as number, store.collection<CrmItem>(name as string, itemColumns)]),
		);
		const historyColumns = ['ownerId', 'createdTime', 'stageId', 'visibleFrom'];
		this.stageHistory = new Map([
			[1, store.collection<StageHistoryEntry>('lead_stage_history', historyColumns)],
			[2, store.collection<StageHistoryEntry>('deal_stage_history', historyColumns)],
		]);
		this.timelineComments = store.collection('timeline_comment', ['entityType', 'entityId']);
		this.tasks = store.collection('task', ['status', 'closedDate', 'changedDate', 'responsibleId', 'createdBy']);
		this.checklistItems = store.collection('checklist_item', ['taskId']);
		this.taskComments = store.collection('task_comment', ['taskId']);
		this.lists = store.collection('list', ['typeId', 'code']);
		this.listProperties = store.collection('list_property', ['iblockId']);
		this.listElements = store.collection('list_element', ['iblockId', 'code', 'name', 'visibleFrom']);
		this.workflowTemplates = store.collection('workflow_template', ['name']);
	}

	static async open(clock: PortalClock, timeZone: string): Promise<Portal> {
		return new Portal(await Store.open(), clock, timeZone);
	}

	/** Throws all data away; the switches keep their positions. */
	clear(): void {
		this.store.clear();
		this.outbox.clear();
	}
}
