import type { Resource } from '../../operation';
import { create } from './create.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { moveToStage } from './moveToStage.operation';
import { update } from './update.operation';

export const crmItem: Resource = {
	name: 'CRM Item',
	value: 'crmItem',
	operations: [create, get, getMany, moveToStage, update],
};
