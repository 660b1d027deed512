import type { Construct } from 'constructs'
import { BackupBucket, type BackupBucketProps } from './constructs/backup-bucket.ts'
import { NesteggStack } from './constructs/nestegg-stack.ts'

/**
 * The place of logical backups and archives. It needs no alarms, and jobs use it: so it comes before the stack `operations`, and the stack
 * `backups` after that.
 */
export class BackupStoreStack extends NesteggStack {
  readonly bucket: BackupBucket

  constructor(scope: Construct, id: string, props: BackupBucketProps) {
    super(scope, id, { settings: props.settings, description: 'The bucket of logical backups and archives, and its key' })
    this.bucket = new BackupBucket(this, 'Backups', props)
    this.exportValues(...this.bucket.exported)
  }
}
