/** Something in a shipped file that has to be put right. */
export interface Finding {
	/** path from the root of the project */
	file: string;
	/** name of the node, when the finding belongs to one */
	node?: string;
	/** what is the matter, a sentence without its full stop */
	problem: string;
	/** what to do, a sentence without its full stop */
	remedy: string;
}

/** One line for people: file, node, what, what to do. */
export function describeFinding({ file, node, problem, remedy }: Finding): string {
	return `${file}${node === undefined ? '' : `, node «${node}»`}: ${problem}. ${remedy}.`;
}
