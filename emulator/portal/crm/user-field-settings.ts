const LIMITS = { MIN_VALUE: 0, MAX_VALUE: 0 };

/** Settings that a new user field of a type starts with (crm-item-add.md shows them for every type). */
const DEFAULTS: Record<string, Record<string, unknown>> = {
	string: { SIZE: 20, ROWS: 1, REGEXP: '', MIN_LENGTH: 0, MAX_LENGTH: 0, DEFAULT_VALUE: '' },
	url: { POPUP: 'Y', SIZE: 20, MIN_LENGTH: 0, MAX_LENGTH: 0, DEFAULT_VALUE: '', ROWS: 1 },
	enumeration: { DISPLAY: 'LIST', LIST_HEIGHT: 1, CAPTION_NO_VALUE: '', SHOW_NO_VALUE: 'Y' },
	date: { DEFAULT_VALUE: { TYPE: 'NONE', VALUE: '' } },
	datetime: { DEFAULT_VALUE: { TYPE: 'NONE', VALUE: '' } },
	money: { DEFAULT_VALUE: '' },
	boolean: { DEFAULT_VALUE: 0, DISPLAY: 'CHECKBOX', LABEL: ['', ''] },
	double: { PRECISION: 2, SIZE: 20, ...LIMITS, DEFAULT_VALUE: null },
	integer: { SIZE: 20, ...LIMITS, DEFAULT_VALUE: null },
};

export function defaultSettings(userTypeId: string): Record<string, unknown> {
	return structuredClone(DEFAULTS[userTypeId] ?? {});
}
