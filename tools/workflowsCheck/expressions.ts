import { astVisit, Tournament } from '@n8n/tournament';
import { ExpressionParser } from 'n8n-workflow';

/** What an expression of a parameter says, as far as it can be seen without running it. */
export interface ReadExpression {
	/** why n8n could not run it */
	syntaxError?: string;
	/** names in $('…'), $items('…') and $node['…'] */
	nodes: string[];
	/** a node is named by something that is computed */
	hasComputedName: boolean;
	/** text outside {{ }} that was probably meant to be inside */
	hasLooseVariable: boolean;
}

const LOOSE = /\$(json|node|items|input|now|today|parameter)\b|\$\(['"]/;

/**
 * Reads an expression with n8n's own parser.
 *
 * @param expression with its leading "="
 */
export function readExpression(expression: string): ReadExpression {
	const result: ReadExpression = { nodes: [], hasComputedName: false, hasLooseVariable: false };
	const chunks = ExpressionParser.splitExpression(expression.slice(1));
	result.hasLooseVariable = chunks.some(({ type, text }) => type === 'text' && LOOSE.test(text));
	if (chunks.some((chunk) => chunk.type === 'code' && !chunk.hasClosingBrackets)) {
		return { ...result, syntaxError: '"{{" is not closed by "}}"' };
	}
	const note = (name: string | undefined) => {
		if (name === undefined) result.hasComputedName = true;
		else result.nodes.push(name);
	};
	const collect = (ast: Parameters<typeof astVisit>[0]) => {
		astVisit(ast, {
			visitCallExpression(path) {
				const { callee, arguments: given } = path.node;
				if (callee.type === 'Identifier' && (callee.name === '$' || callee.name === '$items')) {
					if (callee.name === '$' || given.length > 0) note(literalText(given[0] as SyntaxNode | undefined));
				}
				this.traverse(path);
			},
			visitMemberExpression(path) {
				const { object, property, computed } = path.node;
				if (object.type === 'Identifier' && object.name === '$node')
					note(!computed && property.type === 'Identifier' ? property.name : literalText(property as SyntaxNode));
				this.traverse(path);
			},
		});
	};
	try {
		const parser = new Tournament(undefined, undefined, undefined, { before: [collect], after: [] });
		parser.getExpressionCode(expression.slice(1));
	} catch (error) {
		result.syntaxError = (error as Error).message;
	}
	return result;
}

/** As much of a node of the syntax tree as a literal needs; the types of the parser's two copies do not agree. */
interface SyntaxNode {
	type: string;
	value?: unknown;
	expressions?: unknown[];
	quasis?: Array<{ value: { cooked?: string | null } }>;
}

function literalText(node: SyntaxNode | undefined): string | undefined {
	if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
	if (node?.type === 'TemplateLiteral' && node.expressions?.length === 0)
		return node.quasis?.[0].value.cooked ?? undefined;
	return undefined;
}
