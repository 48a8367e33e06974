import fc from 'fast-check';

import { Governor, LIMITS_OF_PLAN, shareOf, type RequestLimits } from '../../../nodes/shared/transport/governor';

/** Bitrix24's own count as limits.md describes it: it falls once a second, a request over the capacity is refused. */
class ServerCount {
	private count = 0;
	private second = 0;
	refusals = 0;

	constructor(private readonly limits: RequestLimits) {}

	request(at: number): void {
		const second = Math.floor(at / 1000);
		this.count = Math.max(0, this.count - (second - this.second) * this.limits.leakPerSecond);
		this.second = second;
		if (this.count + 1 > this.limits.capacity) this.refusals += 1;
		else this.count += 1;
	}
}

/** A clock that moves only when somebody waits. */
class Clock {
	at = 1_000_000;
	now = () => this.at;
	wait = async (ms: number) => {
		this.at += ms;
	};
}

test.each(['standard', 'enterprise'] as const)(
	'1000 requests in a row are never refused on the plan %s',
	async (plan) => {
		const clock = new Clock();
		const server = new ServerCount(LIMITS_OF_PLAN[plan]);
		const governor = new Governor(LIMITS_OF_PLAN[plan], clock.now, clock.wait);
		for (let request = 0; request < 1000; request++) {
			await governor.acquire();
			server.request(clock.at);
		}
		expect(server.refusals).toBe(0);
		const { capacity, leakPerSecond } = LIMITS_OF_PLAN[plan];
		const fastest = (1000 - capacity) / leakPerSecond;
		expect((clock.at - 1_000_000) / 1000).toBeLessThan(fastest * 1.05 + 3);
	},
);

test('bursts and idle times in any order are never refused', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.record({ idle: fc.integer({ min: 0, max: 60_000 }), burst: fc.integer({ min: 1, max: 80 }) }), {
				maxLength: 15,
			}),
			async (phases) => {
				const clock = new Clock();
				const server = new ServerCount(LIMITS_OF_PLAN.standard);
				const governor = new Governor(LIMITS_OF_PLAN.standard, clock.now, clock.wait);
				for (const { idle, burst } of phases) {
					clock.at += idle;
					for (let request = 0; request < burst; request++) {
						await governor.acquire();
						server.request(clock.at);
					}
				}
				expect(server.refusals).toBe(0);
			},
		),
	);
});

test('two programs with half the budget each are never refused together', async () => {
	const half = shareOf(LIMITS_OF_PLAN.standard, 50);
	const server = new ServerCount(LIMITS_OF_PLAN.standard);
	const clocks = [new Clock(), new Clock()];
	const governors = clocks.map((clock) => new Governor(half, clock.now, clock.wait));
	for (let request = 0; request < 600; request++) {
		const turn = clocks[0].at <= clocks[1].at ? 0 : 1;
		await governors[turn].acquire();
		server.request(clocks[turn].at);
	}
	expect(server.refusals).toBe(0);
});

test('after a refusal everything waits, longer each time, and recovers', async () => {
	const clock = new Clock();
	const governor = new Governor(LIMITS_OF_PLAN.standard, clock.now, clock.wait);
	const waitAfterRefusal = async () => {
		const before = clock.at;
		governor.refused();
		await governor.acquire();
		return clock.at - before;
	};
	const first = await waitAfterRefusal();
	const second = await waitAfterRefusal();
	expect(first).toBeGreaterThanOrEqual(3000);
	expect(second).toBeGreaterThan(first);
	for (let answer = 0; answer < 20; answer++) governor.answered();
	clock.at += 60_000;
	expect(await waitAfterRefusal()).toBe(first);
});

test('a clock that is set back does not stop the requests', async () => {
	const clock = new Clock();
	const governor = new Governor(LIMITS_OF_PLAN.standard, clock.now, clock.wait);
	await governor.acquire();
	clock.at -= 3_600_000;
	await governor.acquire();
	expect(clock.at).toBe(1_000_000 - 3_600_000);
});
