/**
 * camelCase name of a CRM user field (api-reference/crm/universal/index.md): only digits or only letters after the prefix
 * and the object's number → converted, otherwise just the prefix changes.
 */
export function camelUserFieldName(fieldName: string): string {
	const rest = fieldName.slice('UF_CRM_'.length);
	const [, number, name] = /^(?:(\d+)_)?(.+)$/.exec(rest) as unknown as [string, string | undefined, string];
	if (number && /^\d+$/.test(name)) return `ufCrm${number}_${name}`;
	if (!/^[A-Z_]+$/.test(name)) return `ufCrm_${rest}`;
	const words = name.split('_').filter(Boolean);
	return `ufCrm${number ?? ''}${words.map((word) => word[0] + word.slice(1).toLowerCase()).join('')}`;
}
