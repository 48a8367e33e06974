/** The part of sql.js that the store uses; the package ships no types. */
declare module 'sql.js' {
	export type SqlValue = number | string | Uint8Array | null;
	export interface Statement {
		bind(values?: SqlValue[]): boolean;
		step(): boolean;
		get(): SqlValue[];
		reset(): void;
		run(values?: SqlValue[]): void;
		free(): boolean;
	}
	export interface Database {
		run(sql: string, params?: SqlValue[]): Database;
		prepare(sql: string): Statement;
		create_function(name: string, implementation: (...values: SqlValue[]) => SqlValue): Database;
		close(): void;
	}
	export interface SqlJsStatic {
		Database: new () => Database;
	}
	export default function initSqlJs(): Promise<SqlJsStatic>;
}
