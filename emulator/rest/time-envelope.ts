import type { PortalTime } from './portal-time';

export interface TimeEnvelope {
	start: number;
	finish: number;
	duration: number;
	processing: number;
	date_start: string;
	date_finish: string;
	operating_reset_at: number;
	operating: number;
}

/**
 * The `time` object of every answer (api-reference/data-types.md, limits.md): float seconds, ISO dates in the portal's zone.
 * `duration` is the seconds that the method is said to have taken, `operating` the method's running sum.
 */
export function timeEnvelope(
	time: PortalTime,
	startMs: number,
	duration: number,
	operating: { sum: number; resetAt: number },
): TimeEnvelope {
	const start = startMs / 1000;
	const finish = Number((start + duration).toFixed(6));
	return {
		start,
		finish,
		duration,
		processing: duration,
		date_start: time.iso(startMs),
		date_finish: time.iso(finish * 1000),
		operating_reset_at: operating.resetAt,
		operating: operating.sum,
	};
}
