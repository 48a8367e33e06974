import type { Resource } from '../../operation';
import { create } from './create.operation';
import { get } from './get.operation';

export const task: Resource = { name: 'Task', value: 'task', operations: [create, get] };
