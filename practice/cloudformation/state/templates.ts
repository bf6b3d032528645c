import { createHash } from 'node:crypto';
import type { AccountInRegion } from '../../account/account.ts';
import { readTemplate, type Template } from '../template/template.ts';

/** Parsed templates by what they say: a stack's steps need theirs again and again. */
const parsed = new Map<string, Template>();

/** The key of no template: that of a stack which is only being reviewed. */
export const none = '';

const empty: Template = {
	source: {},
	transforms: [],
	parameters: {},
	mappings: {},
	conditions: {},
	rules: {},
	resources: {},
	outputs: {},
};

/** Templates as they were sent. One text is kept once. */
export class Templates {
	static tables = 'CREATE TABLE IF NOT EXISTS cfn_templates (id TEXT PRIMARY KEY, body TEXT)';
	readonly #account: AccountInRegion;

	constructor(account: AccountInRegion) {
		this.#account = account;
	}

	keep(body: string): string {
		const id = createHash('sha256').update(body).digest('hex');
		this.#account.db.run('INSERT OR IGNORE INTO cfn_templates (id, body) VALUES (?, ?)', id, body);
		return id;
	}

	/** Of a stack that has no template yet, an empty one. */
	text(id: string): string {
		if (id === none) return '{}';
		return this.#account.db.get<{ body: string }>('SELECT body FROM cfn_templates WHERE id = ?', id)!.body;
	}

	read(id: string): Template {
		if (id === none) return empty;
		let template = parsed.get(id);
		if (!template) {
			template = readTemplate(this.text(id));
			if (parsed.size >= 50) parsed.delete(parsed.keys().next().value!);
			parsed.set(id, template);
		}
		return template;
	}
}
