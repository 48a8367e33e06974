import type { MethodDefinition } from '../rest/method';
import { bizprocMethods } from './bizproc';
import { calendarMethods } from './calendar';
import { crmCategoryMethods } from './crm-category';
import { crmItemMethods } from './crm-item';
import { crmOtherMethods } from './crm-other';
import { crmStageHistoryMethods } from './crm-stagehistory';
import { crmStatusMethods } from './crm-status';
import { crmUserFieldMethods } from './crm-userfield';
import { departmentMethods } from './departments';
import { eventMethods } from './events';
import { imMethods } from './im';
import { listElementMethods } from './lists';
import { listStructureMethods } from './lists-structure';
import { systemMethods } from './system';
import { taskLegacyMethods } from './task-legacy';
import { taskMethods } from './tasks';
import { userFieldConfigMethods } from './userfieldconfig';
import { userMethods } from './users';

/** All methods that this portal knows. A new family is one more line here. */
export const allMethods: MethodDefinition[] = [
	...bizprocMethods,
	...calendarMethods,
	...crmCategoryMethods,
	...crmItemMethods,
	...crmOtherMethods,
	...crmStageHistoryMethods,
	...crmStatusMethods,
	...crmUserFieldMethods,
	...departmentMethods,
	...eventMethods,
	...imMethods,
	...listElementMethods,
	...listStructureMethods,
	...systemMethods,
	...taskLegacyMethods,
	...taskMethods,
	...userFieldConfigMethods,
	...userMethods,
];
