import type { Portal } from '../portal/portal';
import { seedDemo } from './demo';
import { seedEmpty } from './empty';
import { seedFlowers, type FlowersOptions } from './flowers';

export type SeedName = 'empty' | 'flowers' | 'demo';

/** Fills an empty portal. */
export function seedPortal(portal: Portal, name: SeedName, options: Record<string, unknown>): void {
	if (name === 'flowers') seedFlowers(portal, options as FlowersOptions);
	else if (name === 'demo') seedDemo(portal, options as FlowersOptions);
	else seedEmpty(portal);
}
