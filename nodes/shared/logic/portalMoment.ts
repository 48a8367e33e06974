import { DateTime } from 'luxon';

/**
 * Reads a moment as people and expressions give it: ISO with offset, or ISO or `24.09.2026 18:00` in the portal's zone.
 * Gives ISO with offset, or undefined when it is not a date.
 */
export function portalMoment(text: string, zone: string): string | undefined {
	const iso = DateTime.fromISO(text, { zone });
	const moment = iso.isValid ? iso : DateTime.fromFormat(text, 'dd.MM.yyyy HH:mm', { zone });
	return moment.toISO({ suppressMilliseconds: true }) ?? undefined;
}

/** A moment as the portal's people read it, `24.09.2026 18:00` in their zone; undefined when it is not a date. */
export function readableMoment(iso: string, zone: string): string | undefined {
	const moment = DateTime.fromISO(iso, { zone });
	return moment.isValid ? moment.toFormat('dd.MM.yyyy HH:mm') : undefined;
}

/** A date without time. It arrives as midnight of the portal and must not be moved to another zone. */
export function readableDate(iso: string): string | undefined {
	const date = DateTime.fromISO(iso, { setZone: true });
	return date.isValid ? date.toFormat('dd.MM.yyyy') : undefined;
}
