import { DateTime, IANAZone } from 'luxon';

const SITE_DATE = 'dd.MM.yyyy';
const SITE_DATE_TIME = 'dd.MM.yyyy HH:mm:ss';
const ZONELESS_FORMATS = [SITE_DATE_TIME, 'dd.MM.yyyy HH:mm', SITE_DATE, 'yyyy-MM-dd HH:mm:ss', 'yyyy-MM-dd HH:mm'];

/** Moments as the portal writes and reads them. Stored moments are epoch milliseconds with whole seconds. */
export class PortalTime {
	private readonly offsets: IANAZone;

	constructor(
		private readonly zone: string,
		private readonly clock: () => number,
	) {
		this.offsets = IANAZone.create(zone);
		if (!this.offsets.isValid) throw new Error(`Unknown time zone: ${zone}`);
	}

	/** Now, cut to the second: the portal keeps no fractions. */
	now(): number {
		return Math.floor(this.clock() / 1000) * 1000;
	}

	/** ISO 8601 with the portal's offset, e.g. `2026-01-12T09:00:00+03:00` (api-reference/data-types.md). */
	iso(moment: number): string {
		const minutes = this.offsets.offset(moment);
		const local = new Date(moment + minutes * 60_000).toISOString().slice(0, 19);
		const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
		return `${local}${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
	}

	isoOrNull(moment: unknown): string | null {
		return typeof moment === 'number' ? this.iso(moment) : null;
	}

	/** `31.12.2025 18:30:00`, as lists and the calendar of a Russian portal answer. */
	site(moment: number): string {
		return this.local(moment).toFormat(SITE_DATE_TIME);
	}

	siteDate(moment: number): string {
		return this.local(moment).toFormat(SITE_DATE);
	}

	/** Reads ISO 8601 or the site's format; a text without an offset is meant in the portal's zone. NaN if it is no date. */
	parse(value: unknown): number {
		if (typeof value === 'number') return value;
		const text = String(value).trim();
		const iso = DateTime.fromISO(text, { zone: this.zone });
		if (iso.isValid) return cutToSecond(iso);
		for (const format of ZONELESS_FORMATS) {
			const parsed = DateTime.fromFormat(text, format, { zone: this.zone });
			if (parsed.isValid) return cutToSecond(parsed);
		}
		return Number.NaN;
	}

	/** Midnight of that day in the portal's zone. */
	startOfDay(moment: number, daysLater = 0): number {
		return this.local(moment).startOf('day').plus({ days: daysLater }).toMillis();
	}

	/** Midnight of the calendar day that a text names, whatever offset it carries. NaN if it is no date. */
	parseDay(value: unknown): number {
		const leading = /^(\d{4}-\d{2}-\d{2})/.exec(String(value).trim());
		return leading ? this.parse(leading[1]) : this.startOfDay(this.parse(value));
	}

	private local(moment: number): DateTime {
		return DateTime.fromMillis(moment, { zone: this.zone });
	}
}

function cutToSecond(moment: DateTime): number {
	return Math.floor(moment.toMillis() / 1000) * 1000;
}
