import ts from 'typescript';

/** A test, or a group of tests that names scenarios for all of them. */
export interface TestTitle {
	/** path from the root of the project */
	file: string;
	title: string;
	/** the scenarios in the title; a range such as "FL-08 … FL-12" names all between */
	scenarios: string[];
}

const GROUP = /^describe(\.(only|each))?$/;
const TEST = /^(it|test)(\.(only|each|failing))?$/;
const RANGE = /\b([A-Z]{2})-(\d{2})(?:\s*…\s*\1-(\d{2}))?\b/g;

/**
 * The titles in a test file that name scenarios. A test that names none counts by its group. Tests that are skipped or
 * not yet written do not count.
 */
export function testTitles(file: string, text: string): TestTitle[] {
	const found: TestTitle[] = [];
	const visit = (node: ts.Node, groups: string[]): void => {
		if (!ts.isCallExpression(node)) return ts.forEachChild(node, (child) => visit(child, groups));
		const called = calledFunction(node.expression);
		const [first] = node.arguments;
		const title = first && ts.isStringLiteralLike(first) ? first.text : undefined;
		if (title !== undefined && TEST.test(called)) found.push(...named(file, title, groups));
		else if (title !== undefined && GROUP.test(called))
			node.arguments.slice(1).forEach((body) => visit(body, [...groups, title]));
		else if (!/^(x?describe|x?it|x?test)\b/.test(called)) ts.forEachChild(node, (child) => visit(child, groups));
	};
	visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest), []);
	return found.filter(({ title }, index) => found.findIndex((other) => other.title === title) === index);
}

function named(file: string, title: string, groups: string[]): TestTitle[] {
	const naming = [title, ...[...groups].reverse()].find((text) => scenariosIn(text).length > 0);
	return naming === undefined ? [] : [{ file, title: naming, scenarios: scenariosIn(naming) }];
}

/** `it`, `test.each` … for the function of a call, also of `test.each(table)(…)`. */
function calledFunction(expression: ts.Expression): string {
	if (ts.isIdentifier(expression)) return expression.text;
	if (ts.isPropertyAccessExpression(expression))
		return `${calledFunction(expression.expression)}.${expression.name.text}`;
	if (ts.isCallExpression(expression)) return calledFunction(expression.expression);
	if (ts.isTaggedTemplateExpression(expression)) return calledFunction(expression.tag);
	return '';
}

function scenariosIn(text: string): string[] {
	return [...text.matchAll(RANGE)].flatMap(([, prefix, from, to = from]) =>
		Array.from(
			{ length: Math.max(0, Number(to) - Number(from) + 1) },
			(_, offset) => `${prefix}-${String(Number(from) + offset).padStart(2, '0')}`,
		),
	);
}
