import type { Portal } from '../portal';

/** `[code, name, colour, semantics]` of a stage. */
export type StageSeed = [code: string, name: string, color: string, semantics: '' | 'S' | 'F'];

/** Stages of leads in a fresh Russian portal. */
export const LEAD_STAGES: StageSeed[] = [
	['NEW', 'Не обработан', '#39A8EF', ''],
	['IN_PROCESS', 'В работе', '#2FC6F6', ''],
	['PROCESSED', 'Обработан', '#55D0E0', ''],
	['CONVERTED', 'Качественный лид', '#7BD500', 'S'],
	['JUNK', 'Некачественный лид', '#FF5752', 'F'],
];

/** Stages of the default pipeline in a fresh Russian portal (crm-status-list.md). */
export const DEAL_STAGES: StageSeed[] = [
	['NEW', 'Новая', '#39A8EF', ''],
	['PREPARATION', 'Подготовка документов', '#2FC6F6', ''],
	['PREPAYMENT_INVOICE', 'Cчёт на предоплату', '#55D0E0', ''],
	['EXECUTING', 'В работе', '#47E4C2', ''],
	['FINAL_INVOICE', 'Финальный счёт', '#FFA900', ''],
	['WON', 'Сделка успешна', '#7BD500', 'S'],
	['LOSE', 'Сделка провалена', '#FF5752', 'F'],
	['APOLOGY', 'Анализ причины провала', '#FF5752', 'F'],
];

export const SOURCES: Array<[code: string, name: string]> = [
	['CALL', 'Звонок'],
	['EMAIL', 'Электронная почта'],
	['WEB', 'Веб-сайт'],
	['ADVERTISING', 'Реклама'],
	['PARTNER', 'Существующий клиент'],
	['RECOMMENDATION', 'По рекомендации'],
	['TRADE_SHOW', 'Выставка'],
	['WEBFORM', 'CRM-форма'],
	['CALLBACK', 'Обратный звонок'],
	['RC_GENERATOR', 'Генератор продаж'],
	['STORE', 'Интернет-магазин'],
	['OTHER', 'Другое'],
];

export const DEAL_TYPES: Array<[code: string, name: string]> = [
	['SALE', 'Продажа'],
	['COMPLEX', 'Комплексная продажа'],
	['GOODS', 'Продажа товара'],
	['SERVICES', 'Услуги'],
	['SERVICE', 'Сервисное обслуживание'],
];

/** Puts the stages of a pipeline (or of leads) in place of whatever its dictionary holds. */
export function putStages(portal: Portal, entityId: string, categoryId: number | null, stages: StageSeed[]): void {
	portal.statuses.find({ entityId }).forEach(({ id }) => portal.statuses.remove(id));
	stages.forEach(([code, name, color, semantics], index) => {
		const system = ['NEW', 'CONVERTED', 'WON', 'LOSE', 'JUNK'].includes(code);
		portal.statuses.insert({
			entityId,
			statusId: categoryId ? `C${categoryId}:${code}` : code,
			name,
			initialName: system ? name : '',
			sort: (index + 1) * 10,
			system,
			categoryId,
			color,
			semantics,
		});
	});
}

/** Fills a dictionary that has neither colours nor semantics. */
export function putDictionary(portal: Portal, entityId: string, elements: Array<[code: string, name: string]>): void {
	elements.forEach(([statusId, name], index) => {
		portal.statuses.insert({
			entityId,
			statusId,
			name,
			initialName: name,
			sort: (index + 1) * 10,
			system: false,
			categoryId: null,
			color: '',
			semantics: '',
		});
	});
}
