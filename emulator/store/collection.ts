import type { SqlValue } from 'sql.js';

import type { Store } from './store';

export interface Entity {
	id: number;
}

/** A piece of SQL for a WHERE clause with its values. */
export interface Condition {
	sql: string;
	values: SqlValue[];
}

export interface Query {
	where?: Condition;
	/** SQL of the ORDER BY clause; default: by ID. */
	orderBy?: string;
	limit?: number;
	offset?: number;
}

/** Entities of one kind: a row is the ID, the JSON document and a column for every field that filters use often. */
export class Collection<T extends Entity> {
	/** Grows with every change of this collection; tells a cache when to forget. */
	version = 0;

	constructor(
		private readonly store: Store,
		readonly name: string,
		private readonly columns: string[],
	) {}

	createTable(): void {
		this.version += 1;
		const columns = this.columns.map((column) => `, "${column}" COLLATE NOCASE`).join('');
		this.store.run(`CREATE TABLE "${this.name}" (id INTEGER PRIMARY KEY, doc TEXT NOT NULL${columns})`);
		for (const column of this.columns) {
			this.store.run(`CREATE INDEX "${this.name}.${column}" ON "${this.name}" ("${column}")`);
		}
	}

	/** Throws all entities away. */
	clear(): void {
		this.version += 1;
		this.store.run(`DELETE FROM "${this.name}"`);
	}

	/** SQL expression for a field of the document. */
	expression(field: string): string {
		if (field === 'id' || this.columns.includes(field)) return `"${field}"`;
		return `json_extract(doc, '$."${field}"')`;
	}

	/** Stores a new entity. Without an ID it gets the next one of the collection's counter. */
	insert(values: Omit<T, 'id'> & { id?: number }): T {
		const id = values.id ?? this.store.nextId(this.name);
		this.store.raiseCounter(this.name, id);
		const entity = { ...values, id } as T;
		const marks = ', ?'.repeat(this.columns.length);
		this.store.run(`INSERT INTO "${this.name}" VALUES (?, ?${marks})`, [
			id,
			JSON.stringify(entity),
			...this.columnValues(entity),
		]);
		this.changed();
		return entity;
	}

	/** Writes the whole entity over the stored one. */
	replace(entity: T): void {
		const columns = this.columns.map((column) => `, "${column}" = ?`).join('');
		this.store.run(`UPDATE "${this.name}" SET doc = ?${columns} WHERE id = ?`, [
			JSON.stringify(entity),
			...this.columnValues(entity),
			entity.id,
		]);
		this.changed();
	}

	/** Changes some fields; returns the new state. */
	update(id: number, changes: Partial<T>): T {
		const entity = { ...this.require(id), ...changes, id };
		this.replace(entity);
		return entity;
	}

	remove(id: number): void {
		this.store.run(`DELETE FROM "${this.name}" WHERE id = ?`, [id]);
		this.changed();
	}

	get(id: number): T | undefined {
		return this.select({ where: { sql: 'id = ?', values: [id] } })[0];
	}

	require(id: number): T {
		const entity = this.get(id);
		if (!entity) throw new Error(`${this.name} ${id} does not exist`);
		return entity;
	}

	select(query: Query = {}): T[] {
		const { where, orderBy, limit, offset } = query;
		const sql =
			`SELECT doc FROM "${this.name}"${where ? ` WHERE ${where.sql}` : ''} ORDER BY ${orderBy ?? 'id'}` +
			`${limit === undefined ? '' : ` LIMIT ${Math.trunc(limit)} OFFSET ${Math.trunc(offset ?? 0)}`}`;
		return this.store.column(sql, where?.values).map((doc) => JSON.parse(doc as string) as T);
	}

	/** Entities whose fields equal the given values. */
	find(values: Partial<T>, orderBy?: string): T[] {
		return this.select({ where: this.equal(values), orderBy });
	}

	first(values: Partial<T>): T | undefined {
		return this.select({ where: this.equal(values), limit: 1 })[0];
	}

	count(where?: Condition): number {
		const sql = `SELECT COUNT(*) FROM "${this.name}"${where ? ` WHERE ${where.sql}` : ''}`;
		return Number(this.store.column(sql, where?.values)[0]);
	}

	private changed(): void {
		this.version += 1;
		this.store.touch();
	}

	private equal(values: Partial<T>): Condition {
		const entries = Object.entries(values);
		return {
			sql: entries.map(([field]) => `${this.expression(field)} IS ?`).join(' AND ') || '1',
			values: entries.map(([, value]) => toSql(value)),
		};
	}

	private columnValues(entity: T): SqlValue[] {
		return this.columns.map((column) => toSql((entity as Record<string, unknown>)[column]));
	}
}

function toSql(value: unknown): SqlValue {
	if (value === undefined || value === null) return null;
	if (typeof value === 'boolean') return value ? 1 : 0;
	if (typeof value === 'number' || typeof value === 'string') return value;
	return JSON.stringify(value);
}
