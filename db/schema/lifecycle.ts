/**
 * What retention, erasure, export, backup and validation do with a table. Each table declares it once, in `lifecycle.ts` beside its schema. A
 * test fails on a table that declares nothing. Names of tables and columns are those of the database.
 */
export interface TableLifecycle {
  /** The columns of the primary key. */
  readonly key: readonly string[]
  readonly owner: Owner
  /** Further columns with ids of persons, such as who made a row. They stay: the id of an erased person names nobody. */
  readonly mentions: readonly string[]
  readonly retention: Retention
  readonly erasure: Erasure
  readonly export: Export
  readonly backup: Backup
  readonly validation: readonly Check[]
}

/** To whom a row belongs, and the column that holds the id of the owner. */
export type Owner =
  | { readonly kind: 'person'; readonly column: string }
  /** `published`: rows without a household are published data, which nobody owns. */
  | { readonly kind: 'household'; readonly column: string; readonly published?: true }
  /** A row belongs to a person, to a household, or to both. */
  | { readonly kind: 'person-and-household'; readonly personColumn: string; readonly householdColumn: string }
  /** Data about the world, the same for everybody. */
  | { readonly kind: 'published' }
  /** Data about the platform itself. */
  | { readonly kind: 'platform' }

export const retentionActions = ['delete', 'archive', 'anonymize'] as const
export type RetentionAction = (typeof retentionActions)[number]

/** The value that replaces the one of a column. */
export type Replacements = Readonly<Record<string, string | null>>

/** How the types of columns that conditions may name are written in a policy. */
export const conditionTypes = ['text', 'number', 'boolean', 'instant'] as const
export type ConditionType = (typeof conditionTypes)[number]

export interface RetentionRules {
  /** The age of a row counts from this instant. */
  readonly timeColumn: string
  readonly actions: readonly RetentionAction[]
  /** The columns that the conditions of a policy may name, with their types. */
  readonly conditions: Readonly<Record<string, ConditionType>>
  /** What the action `anonymize` writes. */
  readonly anonymized?: Replacements
  /**
   * The table is partitioned by month of the time column. A month that a policy covers is removed as a whole, by the function
   * `droppedBy(first_day date)`. `onlyWhole`: rows are never removed one by one and the oldest month goes first, so a month with a row under a
   * hold stays, and with it all later ones.
   */
  readonly partitions?: { readonly droppedBy: string; readonly onlyWhole: boolean }
}

/** The rules of policies, or the reason why no policy may name the table. */
export type Retention = RetentionRules | { readonly kept: string }

/** What happens to the rows of a person or household that is erased. */
export type Erasure =
  | { readonly action: 'delete' }
  /** `by`: the function that does it, where no statement may change the rows. */
  | { readonly action: 'anonymize'; readonly columns: Replacements; readonly because: string; readonly by?: string }
  /** The law, or that the rows are about nobody. */
  | { readonly action: 'keep'; readonly because: string }

/** The columns that an export for the owner has. */
export type Export =
  | { readonly columns: 'all'; readonly readBy?: undefined }
  /** `readBy`: only owners of a household may read the rows. */
  | { readonly columns: 'all-but'; readonly but: readonly string[]; readonly because: string; readonly readBy?: 'owners' }
  | { readonly columns: 'none'; readonly because: string }

export type Backup = 'rows' | { readonly leftOut: string }

/** A rule about the rows of a table that no constraint holds, or that can be broken past its constraint. */
export interface Check {
  readonly id: string
  /** The rule as a sentence. */
  readonly rule: string
  /**
   * A SELECT of the rows that break the rule: the columns of the key, and a text `detail` if there is more to say. It runs as nestegg_owner in a
   * read-only transaction that reads the rows of all owners.
   */
  readonly broken: string
  /**
   * A statement that fixes all of these rows without losing what somebody has entered. It runs as nestegg_owner in a transaction of its own.
   * Left out where a person has to decide.
   */
  readonly repair?: string
}

/** The declarations of a domain, by the name of the table. */
export type Lifecycles = Readonly<Record<string, TableLifecycle>>

/** `created_by` and `updated_by`. */
export const stampMentions = ['created_by', 'updated_by'] as const

/** A table of published data, which every backup has and which no policy removes. */
export const publishedTable = (
  key: readonly string[],
  {
    kept,
    mentions = [],
    validation = [],
  }: { readonly kept: string; readonly mentions?: readonly string[]; readonly validation?: readonly Check[] },
): TableLifecycle => ({
  key,
  owner: { kind: 'published' },
  mentions,
  retention: { kept },
  erasure: { action: 'keep', because: 'It is about the world, not about a person.' },
  export: { columns: 'none', because: 'It is about the world, not about a person.' },
  backup: 'rows',
  validation,
})

/** The columns that select the rows of a person and of a household; undefined where there are none. */
export const ownerColumns = ({ owner }: Pick<TableLifecycle, 'owner'>): { readonly person?: string; readonly household?: string } => {
  if (owner.kind === 'person') return { person: owner.column }
  if (owner.kind === 'household') return { household: owner.column }
  return owner.kind === 'person-and-household' ? { person: owner.personColumn, household: owner.householdColumn } : {}
}
