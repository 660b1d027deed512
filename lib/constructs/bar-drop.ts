import { Duration, Validations } from 'aws-cdk-lib'
import type { SecurityGroup } from 'aws-cdk-lib/aws-ec2'
import { Grant } from 'aws-cdk-lib/aws-iam'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { dropPrefix, marketTasks, reportPrefix } from '../../lambdas/market/tasks.ts'
import type { BackendVariables } from '../../lambdas/runtime/backends.ts'
import { logicalIdOf } from './acknowledgements.ts'
import type { AlarmTopics } from './alarm-topics.ts'
import type { BarDropBackend, Backends } from './backends.ts'
import type { NesteggFunction } from './nestegg-function.ts'
import { eventBucket, objectTask, storageAccess } from './object-task.ts'

export interface BarDropProps {
  readonly backends: Backends
  readonly alarms: AlarmTopics
}

/** A bucket for files of bars under `bars/`, and the function that ingests each file and writes a report under `reports/`. */
export class BarDrop extends Construct implements BarDropBackend {
  readonly dropVariables: BackendVariables<'bar-drop'>
  /** Lets functions with the backend `bar-drop` reach S3, in addition to the security group of the database. */
  readonly access: SecurityGroup
  private readonly bucket: Bucket

  constructor(scope: Construct, id: string, { backends, alarms }: BarDropProps) {
    super(scope, id)
    this.bucket = eventBucket(this, {
      settings: backends.settings,
      keptFor: Duration.days(30),
      unlogged: 'Holds prices for thirty days. They are not secret, and the result of each file is in its report and in the log.',
    })
    this.dropVariables = { BAR_DROP_BUCKET: this.bucket.bucketName }
    this.access = storageAccess(this, backends.database.placement.vpc)
    objectTask(this, {
      task: marketTasks['ingest-dropped-bars'],
      bucketName: this.bucket.bucketName,
      prefix: dropPrefix,
      backends: { ...backends, barDrop: this },
      alarms,
      alarmName: 'DroppedBarsFailedForGood',
      summary: 'A dropped file could not be ingested in three attempts. Its event is in the queue.',
      runbook: 'a-dropped-file-was-not-ingested',
      ruleId: 'Dropped',
      ruleDescription: 'A file was put into the bucket of bars',
    })
  }

  /** Lets the grantee read dropped files and write reports. */
  grantDrop(grantee: NesteggFunction): Grant {
    Validations.of(grantee).acknowledge(
      ...[dropPrefix, reportPrefix].map(prefix => ({
        id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(this.bucket)}.Arn>/${prefix}*]`,
        reason: 'The names of future files are not known. The prefix holds no other objects.',
      })),
    )
    const read = { grantee, actions: ['s3:GetObject'], resourceArns: [this.bucket.arnForObjects(`${dropPrefix}*`)] }
    const write = { grantee, actions: ['s3:PutObject'], resourceArns: [this.bucket.arnForObjects(`${reportPrefix}*`)] }
    return Grant.addToPrincipal(read).combine(Grant.addToPrincipal(write))
  }
}
