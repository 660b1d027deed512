import {
  findAuditSeals,
  findUnrecordedAnchors,
  recordAuditAnchor,
  recordAuditRestore,
  sealAuditRows,
} from '../../../db/queries/operations/audit-chain.ts'
import { readEnvironment } from '../../runtime/environment.ts'
import type { CommandContext } from '../../runtime/command.ts'
import { folderStore } from '../../runtime/object-store.ts'
import type { DeclaringFunctions } from './declare-loss.ts'
import type { AnchorPlace } from './own-objects.ts'
import { fileSigner } from './signing.ts'

/** The functions of the chain, each in a transaction of its own. */
export const chainFunctions = (inTransaction: CommandContext['inTransaction']): DeclaringFunctions => ({
  seal: () => inTransaction(sealAuditRows),
  recordAnchor: anchor => inTransaction(transaction => recordAuditAnchor(transaction, anchor)),
  recordRestore: restore => inTransaction(transaction => recordAuditRestore(transaction, restore)),
  findUnrecordedAnchors: keys => inTransaction(transaction => findUnrecordedAnchors(transaction, keys)),
  findSeals: numbers => inTransaction(transaction => findAuditSeals(transaction, numbers)),
})

/** The anchors of the platform on this machine and the key that signs them; undefined in AWS, where only the job that seals may sign. */
export const anchorPlaceHere = (): AnchorPlace | undefined => {
  const { AUDIT_ANCHOR_FOLDER: folder, AUDIT_SIGNING_KEY_FILE: keyFile } = readEnvironment()
  return folder === undefined || keyFile === undefined ? undefined : { store: folderStore(folder), signer: fileSigner(keyFile) }
}
