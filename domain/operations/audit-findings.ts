export const auditFindingKinds = [
  'changed-row',
  'changed-values',
  'erased-without-record',
  'deleted-row',
  'inserted-row',
  'removed-month',
  'changed-removal',
  'missing-seal',
  'changed-seal',
  'cut-off-tail',
  'rewritten-chain',
  'missing-anchor',
  'changed-anchor',
  'missing-restore-record',
  'changed-restore-record',
  'false-restore-record',
] as const

export type AuditFindingKind = (typeof auditFindingKinds)[number]

/** What a verification of the audit trail has found, and where. */
export interface AuditFinding {
  readonly kind: AuditFindingKind
  readonly row?: string
  readonly seal?: number
  /** `2026-11`. */
  readonly month?: string
  readonly anchor?: string
  /** The key of the record of a restore. */
  readonly restore?: string
  readonly detail: string
}
