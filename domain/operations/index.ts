export {
  type AnchoredHead,
  anchorKey,
  anchorPrefix,
  anchorText,
  dayOfAnchor,
  parseAnchor,
  publicKeyKey,
  type SignedAnchor,
} from './audit-anchor.ts'
export { type AuditFinding, auditFindingKinds } from './audit-findings.ts'
export { noHash, rootOf, type Seal, sealedRows, sealHash } from './audit-seal.ts'
export { expiredBackups, type KeptBackup } from './backup-retention.ts'
