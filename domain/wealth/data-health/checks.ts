import type { CalendarDate } from '../../shared/index.ts'

/** `problem`: figures are wrong or missing. `warning`: they may be. `hint`: they would be better. */
export const severities = ['problem', 'warning', 'hint'] as const
export type Severity = (typeof severities)[number]

/** The parts of the data, in the order in which they are shown. */
export const healthAreas = ['prices', 'rates', 'securities', 'accounts', 'connections', 'imports', 'transactions'] as const
export type HealthArea = (typeof healthAreas)[number]

/** What is checked, in the order of the findings of one severity. */
export const healthChecks = {
  no_price: { area: 'prices', severity: 'warning' },
  stale_price: { area: 'prices', severity: 'warning' },
  missing_split: { area: 'prices', severity: 'problem' },
  split_without_jump: { area: 'prices', severity: 'warning' },
  wrong_unit: { area: 'prices', severity: 'problem' },
  wrong_price: { area: 'prices', severity: 'warning' },
  price_gap: { area: 'prices', severity: 'hint' },
  missing_rate: { area: 'rates', severity: 'problem' },
  stale_rate: { area: 'rates', severity: 'problem' },
  lots_under_way: { area: 'securities', severity: 'warning' },
  negative_position: { area: 'securities', severity: 'problem' },
  split_not_entered: { area: 'securities', severity: 'problem' },
  unknown_cost_basis: { area: 'securities', severity: 'warning' },
  incomplete_lots: { area: 'securities', severity: 'warning' },
  unnamed_security: { area: 'securities', severity: 'hint' },
  unclassified_security: { area: 'securities', severity: 'hint' },
  balance_differs: { area: 'accounts', severity: 'problem' },
  balance_below_zero: { area: 'accounts', severity: 'warning' },
  debt_above_zero: { area: 'accounts', severity: 'warning' },
  closed_with_balance: { area: 'accounts', severity: 'warning' },
  stale_balance: { area: 'accounts', severity: 'warning' },
  nothing_entered: { area: 'accounts', severity: 'warning' },
  coverage_gap: { area: 'accounts', severity: 'warning' },
  statement_gap: { area: 'accounts', severity: 'hint' },
  no_opening_balance: { area: 'accounts', severity: 'hint' },
  nothing_recorded: { area: 'accounts', severity: 'hint' },
  no_tax_type: { area: 'accounts', severity: 'hint' },
  connection_broken: { area: 'connections', severity: 'problem' },
  connection_failing: { area: 'connections', severity: 'warning' },
  connection_expiring: { area: 'connections', severity: 'warning' },
  not_synced: { area: 'connections', severity: 'warning' },
  failed_import: { area: 'imports', severity: 'problem' },
  unfinished_import: { area: 'imports', severity: 'warning' },
  rejected_rows: { area: 'imports', severity: 'hint' },
  possible_duplicates: { area: 'transactions', severity: 'warning' },
  unmatched_transfer: { area: 'transactions', severity: 'hint' },
  transfer_to_confirm: { area: 'transactions', severity: 'hint' },
  future_transaction: { area: 'transactions', severity: 'warning' },
  old_pending: { area: 'transactions', severity: 'warning' },
  uncategorised: { area: 'transactions', severity: 'hint' },
} as const satisfies Record<string, { readonly area: HealthArea; readonly severity: Severity }>

export type HealthCheck = keyof typeof healthChecks

export const subjectKinds = ['account', 'security', 'currency', 'connection', 'import', 'household'] as const

/** What a finding is about. */
export interface Subject {
  readonly kind: (typeof subjectKinds)[number]
  /** The id of an account, connection, import or household; the symbol of a security; the code of a currency. */
  readonly id: string
  readonly name: string
}

/** A security in an account. */
interface InAccount {
  readonly accountId: string
  readonly accountName: string
}

interface SplitOnDay {
  readonly date: CalendarDate
  /** New shares for `denominator` old ones. */
  readonly numerator: number
  readonly denominator: number
}

/** Transactions of a range of days. */
interface Counted {
  readonly count: number
  readonly from: CalendarDate
  readonly until: CalendarDate
}

interface BalanceOfAccount {
  readonly balance: string
  readonly currency: string
}

/** The facts of each check. Amounts and quantities are decimal text. */
export interface FactsOf {
  readonly no_price: InAccount & { readonly isListed: boolean; readonly lastTradeOn: CalendarDate | null }
  readonly stale_price: { readonly date: CalendarDate; readonly price: string; readonly currency: string; readonly tradingDays: number }
  readonly missing_split: SplitOnDay
  readonly split_without_jump: SplitOnDay
  readonly wrong_unit: { readonly from: CalendarDate; readonly until: CalendarDate; readonly factor: number }
  readonly wrong_price: { readonly date: CalendarDate; readonly change: number; readonly count: number }
  readonly price_gap: { readonly from: CalendarDate; readonly until: CalendarDate; readonly tradingDays: number }
  readonly missing_rate: { readonly quote: string }
  readonly stale_rate: { readonly quote: string; readonly date: CalendarDate; readonly days: number }
  readonly lots_under_way: { readonly since: string; readonly count: number }
  readonly negative_position: InAccount & { readonly date: CalendarDate; readonly quantity: string; readonly count: number }
  readonly split_not_entered: InAccount & SplitOnDay & { readonly quantity: string }
  readonly unknown_cost_basis: InAccount & { readonly date: CalendarDate; readonly quantity: string; readonly count: number }
  readonly incomplete_lots: InAccount & { readonly date: CalendarDate; readonly message: string; readonly count: number }
  readonly unnamed_security: InAccount & { readonly quantity: string }
  readonly unclassified_security: InAccount
  readonly balance_differs: BalanceOfAccount & { readonly stated: string; readonly difference: string; readonly date: CalendarDate }
  readonly balance_below_zero: BalanceOfAccount
  readonly debt_above_zero: BalanceOfAccount
  readonly closed_with_balance: BalanceOfAccount & { readonly date: CalendarDate }
  readonly stale_balance: { readonly date: CalendarDate; readonly days: number; readonly allowedDays: number }
  readonly nothing_entered: { readonly date: CalendarDate; readonly days: number; readonly allowedDays: number }
  readonly coverage_gap: { readonly from: CalendarDate; readonly until: CalendarDate; readonly months: number }
  readonly statement_gap: { readonly from: CalendarDate; readonly until: CalendarDate; readonly days: number }
  readonly no_opening_balance: BalanceOfAccount & { readonly date: CalendarDate }
  readonly nothing_recorded: { readonly isStated: boolean }
  readonly no_tax_type: object
  readonly connection_broken: { readonly message: string | null; readonly lastSyncAt: string | null }
  readonly connection_failing: { readonly message: string | null; readonly lastSyncAt: string | null }
  readonly connection_expiring: { readonly expiresAt: string; readonly isExpired: boolean }
  readonly not_synced: { readonly lastSyncAt: string | null }
  readonly failed_import: { readonly message: string }
  readonly unfinished_import: { readonly since: string; readonly isUnderWay: boolean }
  readonly rejected_rows: { readonly count: number; readonly importedAt: string }
  readonly possible_duplicates: Counted & { readonly amount: string; readonly currency: string; readonly description: string }
  readonly unmatched_transfer: Counted
  readonly transfer_to_confirm: { readonly count: number }
  readonly future_transaction: Counted
  readonly old_pending: Counted & { readonly allowedDays: number }
  readonly uncategorised: Counted
}

interface FindingOf<Check extends HealthCheck> {
  readonly check: Check
  readonly area: (typeof healthChecks)[Check]['area']
  readonly severity: Severity
  readonly subject: Subject
  readonly facts: FactsOf[Check]
}

/** What is wrong with data, or may be. */
export type Finding = { readonly [Check in HealthCheck]: FindingOf<Check> }[HealthCheck]

/** A finding with the usual severity of its check, unless another is given. */
export const found = <Check extends HealthCheck>(
  check: Check,
  subject: Subject,
  facts: FactsOf[Check],
  severity: Severity = healthChecks[check].severity,
): Finding => ({ check, area: healthChecks[check].area, severity, subject, facts }) as Finding

export const accountSubject = ({ id, name }: { readonly id: string; readonly name: string }): Subject => ({ kind: 'account', id, name })
export const securitySubject = (symbol: string, name?: string | null): Subject => ({ kind: 'security', id: symbol, name: name ?? symbol })
