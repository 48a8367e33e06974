import type { ImportResult } from './importVertical';

/** The report of an import as lines of text. */
export function report(vertical: string, result: ImportResult): string[] {
	const { target, timeZone, credentials, workflows, byHand, notes } = result;
	const width = Math.max(...workflows.map(({ name }) => name.length));
	return [
		`${vertical} → ${target}`,
		'',
		`  Time zone    ${timeZone}`,
		...credentials.map(({ wanted, linked, how }) => `  Credential   ${linked ? '✓' : '✗'} "${wanted.name}": ${how}`),
		'',
		...workflows.map(({ name, id, published, reason }) => {
			const state = published ? 'published' : `saved, not published: ${reason}`;
			return `  ${published ? '✓' : '✗'} ${name.padEnd(width)}  ${id}  ${state}`;
		}),
		...section('Good to know:', notes),
		...section('To be finished by hand:', byHand),
	];
}

function section(title: string, sentences: string[]): string[] {
	return sentences.length === 0 ? [] : ['', title, ...sentences.map((sentence) => `  - ${sentence}`)];
}
