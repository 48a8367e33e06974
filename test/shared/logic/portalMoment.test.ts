import { portalMoment, readableDate, readableMoment } from '../../../nodes/shared/logic/portalMoment';

test.each([
	['2026-09-24T18:00', 'Asia/Yekaterinburg', '2026-09-24T18:00:00+05:00'],
	['2026-09-24T18:00:00+03:00', 'Asia/Yekaterinburg', '2026-09-24T20:00:00+05:00'],
	['24.09.2026 18:00', 'Europe/Moscow', '2026-09-24T18:00:00+03:00'],
	['2026-09-24', 'Europe/Moscow', '2026-09-24T00:00:00+03:00'],
	['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T03:30:00+02:00'],
	['завтра', 'Europe/Moscow', undefined],
])('%s in %s means %s', (text, zone, expected) => {
	expect(portalMoment(text, zone)).toBe(expected);
});

test('a moment reads in the zone of the portal, whatever offset it came with', () => {
	expect(readableMoment('2026-09-24T22:30:00Z', 'Asia/Bishkek')).toBe('25.09.2026 04:30');
	expect(readableMoment('', 'Asia/Bishkek')).toBeUndefined();
});

test('a date without time is not moved to another zone', () => {
	expect(readableDate('2026-09-24T00:00:00+06:00')).toBe('24.09.2026');
	expect(readableDate('2026-09-24T02:00:00+02:00')).toBe('24.09.2026');
});
