import type { Check } from '../checkContext';
import type { Finding } from '../finding';
import { stepsOf, watchedSteps } from '../steps';

/** Step names are unique in their vertical and begin with its prefix; triggers watch steps that exist. */
export const steps: Check = (workflow, { shipped, scenarios }) => {
	const { file, folder } = workflow;
	const ofVertical = shipped.filter((other) => other.folder === folder).flatMap(stepsOf);
	const prefix = scenarios.verticals.find((vertical) => vertical.folder === folder)?.prefix.toLowerCase();
	const pattern = new RegExp(`^${prefix ?? '[a-z0-9]+'}(-[a-z0-9]+)+$`);
	const findings: Finding[] = [];
	if (folder !== 'core' && prefix === undefined) {
		const problem = `The vertical "${folder}" is not in docs/scenarios.json`;
		findings.push({
			file,
			problem,
			remedy: 'Enter it under "verticals" with its name and the prefix of its scenarios',
		});
	}
	for (const { node, name } of stepsOf(workflow)) {
		if (!pattern.test(name)) {
			const remedy = `Use small Latin letters, digits and hyphens${prefix ? `, beginning with "${prefix}-"` : ''}`;
			findings.push({ file, node, problem: `"${name}" is no step name of this vertical`, remedy });
		}
		const first = ofVertical.find((step) => step.name === name)!;
		if (first.file !== file || first.node !== node) {
			const problem = `The step name "${name}" is also that of «${first.node}» in ${first.file}`;
			findings.push({ file, node, problem, remedy: 'Give each step its own, or one of the two will not be done' });
		}
	}
	for (const { node, name } of watchedSteps(workflow)) {
		if (ofVertical.some((step) => step.name === name)) continue;
		const problem = `The trigger watches the step "${name}", which no node of the vertical has`;
		const known = [...new Set(ofVertical.map((step) => step.name))].join(', ') || 'none';
		findings.push({ file, node, problem, remedy: `The steps are ${known}` });
	}
	return findings;
};
