import type { Resource } from '../../operation';
import { control } from './control.operation';
import { send } from './send.operation';

export const notification: Resource = { name: 'Notification', value: 'notification', operations: [control, send] };
