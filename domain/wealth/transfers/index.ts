export { assignPairs, type Edge } from './assign.ts'
export { type TransferAccount, type TransferReason, transferReasons, type TransferTransaction } from './evidence.ts'
export { matchTransfers, type TransferOptions, type TransferPair } from './match.ts'
