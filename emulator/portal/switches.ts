/** How the portal behaves beside its data. All of it can be changed while it runs. */
export interface Switches {
	/** Milliseconds (portal clock) after which a new row of the stage history becomes visible. */
	stageHistoryLagMs: number;
	/** Milliseconds (portal clock) after which a new list element becomes visible. */
	listLagMs: number;
	/** Lets the check for a free ELEMENT_CODE pass always, as in a race of two writers. */
	skipListUniqueness: boolean;
	/** CRM without leads: an added lead becomes a deal at once (crm.settings.mode.get answers 2). */
	simpleCrm: boolean;
	/** A plan without REST: every call answers 403 ACCESS_DENIED. */
	restDisabled: boolean;
	/** What happens to events on their way. */
	events: 'normal' | 'lost' | 'doubled';
	/** Request limit: 50/2, 250/5 (Enterprise) or none. */
	limits: 'off' | 'standard' | 'enterprise';
	/** Seconds that one method may use within ten minutes; 0 = no limit. */
	operatingLimit: number;
}

export const DEFAULT_SWITCHES: Switches = {
	stageHistoryLagMs: 0,
	listLagMs: 0,
	skipListUniqueness: false,
	simpleCrm: false,
	restDisabled: false,
	events: 'normal',
	limits: 'standard',
	operatingLimit: 480,
};
