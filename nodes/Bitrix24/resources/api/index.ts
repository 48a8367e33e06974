import type { Resource } from '../../operation';
import { batch } from './batch.operation';
import { call } from './call.operation';

export const api: Resource = { name: 'API', value: 'api', operations: [batch, call] };
