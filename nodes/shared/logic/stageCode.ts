/**
 * Stage IDs of Bitrix24 carry the number of the pipeline (`C5:FL_READY`, `DT128_7:NEW`), which differs between portals.
 * The part behind it is what a blueprint chooses and what stays the same everywhere; it is called the stage's code here.
 */
export function stageCode(stageId: string): string {
	return stageId.replace(/^(C\d+|DT[0-9a-f]+_\d+):/i, '');
}
