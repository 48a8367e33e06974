/** Something that happened in the portal, as its event handlers get to know it. */
export interface PortalEvent {
	/** Upper-case name, e.g. `ONCRMDEALADD`. */
	name: string;
	data: Record<string, unknown>;
	/** Who caused it; undefined = a robot, a workflow or an agent. */
	userId?: number;
}

export class EventBus {
	private listeners: Array<(event: PortalEvent) => void> = [];

	subscribe(listener: (event: PortalEvent) => void): void {
		this.listeners.push(listener);
	}

	emit(name: string, data: Record<string, unknown>, userId?: number): void {
		this.listeners.forEach((listener) => listener({ name, data, userId }));
	}
}
