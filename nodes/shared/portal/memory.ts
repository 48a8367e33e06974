const KEEP_MS = 10 * 60_000;

interface Remembered {
	value: Promise<unknown>;
	until: number;
}

/** Remembers for ten minutes what was read; a failed reading is not remembered. */
export class Memory {
	private readonly entries = new Map<string, Remembered>();

	constructor(private readonly now: () => number) {}

	async recall<T>(key: string, read: () => Promise<T>): Promise<T> {
		const known = this.entries.get(key);
		if (known !== undefined && this.now() < known.until) return await (known.value as Promise<T>);
		const value = read();
		this.entries.set(key, { value, until: this.now() + KEEP_MS });
		// The caller sees the failure; here it only must not stay.
		value.catch(() => this.entries.delete(key));
		return await value;
	}

	/** Forgets what begins with `prefix`: it was looked for and not found, the portal may have changed. */
	forget(prefix: string): void {
		for (const key of this.entries.keys()) if (key.startsWith(prefix)) this.entries.delete(key);
	}
}
