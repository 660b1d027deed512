export { type BackupRetention, expiredBackups, type KeptBackup, standardRetention } from './backup-retention.ts'
