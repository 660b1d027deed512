export { expiredBackups, type KeptBackup } from './backup-retention.ts'
