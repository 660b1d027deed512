import type { Check } from './lifecycle.ts'
import { lifecycles } from './lifecycles.ts'

/** A rule as a maintenance command runs it. */
export interface DataCheck {
  /** Its name: `planning.runs/sealed`. */
  readonly id: string
  /** What holds for every row, in one sentence. */
  readonly sentence: string
  /** A SELECT of the rows that break it, with the columns `key` and `detail`, both text. See `Check`. */
  readonly find: string
  /** See `Check`. */
  readonly repair?: string | undefined
}

/** The columns of the key are joined by spaces. */
const findBroken = ({ broken }: Pick<Check, 'broken'>, key: readonly string[]): string => {
  const parts = key.map(column => `found.${column}::text`)
  return `select ${parts.length > 0 ? parts.join(" || ' ' || ") : 'found::text'} as key, to_jsonb(found) ->> 'detail' as detail from (${broken}) found`
}

/** The declared checks of all tables. Those of the catalogue, such as orphans, are derived from it. */
export const dataChecks: readonly DataCheck[] = Object.entries(lifecycles).flatMap(([table, { key, validation }]) =>
  validation.map(check => ({
    id: `${table}/${check.id}`,
    sentence: check.rule,
    find: findBroken(check, key),
    repair: check.repair,
  })),
)
