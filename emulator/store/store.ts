import initSqlJs, { type Database, type SqlJsStatic, type SqlValue, type Statement } from 'sql.js';

import { Collection, type Entity } from './collection';

/** Prepared statements that are kept; filters of many shapes would pile them up. */
const MAX_STATEMENTS = 500;

/**
 * All data of the portal: an SQLite database in memory, one table per collection, plus the counters that hand out IDs.
 * Synchronous, so that every method sees the data that an earlier one has written.
 */
export class Store {
	private readonly database: Database;
	private readonly statements = new Map<string, Statement>();
	private readonly counters = new Map<string, number>();
	private readonly collections = new Map<string, Collection<Entity>>();
	private changes = 0;

	private constructor(private readonly sql: SqlJsStatic) {
		this.database = this.openDatabase();
	}

	static async open(): Promise<Store> {
		return new Store(await initSqlJs());
	}

	private openDatabase(): Database {
		const database = new this.sql.Database();
		// SQLite knows upper and lower case for Latin letters only; the portal's collation knows Cyrillic as well.
		database.create_function('fold_case', (value) => (value === null ? null : String(value).toLowerCase()));
		return database;
	}

	/** Grows with every change of data; stands still while the portal is only read. */
	get revision(): number {
		return this.changes;
	}

	touch(): void {
		this.changes += 1;
	}

	/** Declares a collection; `columns` are the fields that get a column and an index of their own. */
	collection<T extends Entity>(name: string, columns: string[] = []): Collection<T> {
		const known = this.collections.get(name);
		if (known) return known as unknown as Collection<T>;
		const created = new Collection<T>(this, name, columns);
		created.createTable();
		this.collections.set(name, created as unknown as Collection<Entity>);
		return created;
	}

	/** The next ID of a counter. IDs are never given twice, not even after a deletion. */
	nextId(counter: string, step = 1): number {
		const id = (this.counters.get(counter) ?? 0) + step;
		this.counters.set(counter, id);
		return id;
	}

	/** Makes sure that the counter's next ID is greater than `id`. */
	raiseCounter(counter: string, id: number): void {
		if ((this.counters.get(counter) ?? 0) < id) this.counters.set(counter, id);
	}

	/** Throws all data and all counters away; the collections stay declared. The revision goes on growing. */
	clear(): void {
		this.counters.clear();
		this.collections.forEach((collection) => collection.clear());
		this.touch();
	}

	run(sql: string, values: SqlValue[] = []): void {
		this.statement(sql).run(values);
	}

	/** First columns of all rows. */
	column(sql: string, values: SqlValue[] = []): SqlValue[] {
		const statement = this.statement(sql);
		statement.bind(values);
		const rows: SqlValue[] = [];
		while (statement.step()) rows.push(statement.get()[0]);
		statement.reset();
		return rows;
	}

	close(): void {
		this.freeStatements();
		this.database.close();
	}

	private freeStatements(): void {
		this.statements.forEach((statement) => statement.free());
		this.statements.clear();
	}

	private statement(sql: string): Statement {
		let statement = this.statements.get(sql);
		if (!statement) {
			if (this.statements.size >= MAX_STATEMENTS) this.freeStatements();
			statement = this.database.prepare(sql);
			this.statements.set(sql, statement);
		}
		return statement;
	}
}
