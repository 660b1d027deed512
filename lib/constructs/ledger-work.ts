import { Duration, Validations } from 'aws-cdk-lib'
import type { SecurityGroup } from 'aws-cdk-lib/aws-ec2'
import { Grant } from 'aws-cdk-lib/aws-iam'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import type { BackendVariables } from '../../lambdas/runtime/backends.ts'
import { workPrefix } from '../../lambdas/wealth/tasks.ts'
import type { DatabaseStack } from '../database.ts'
import type { EnvironmentSettings } from '../environments.ts'
import { importedObjectsOf } from './acknowledgements.ts'
import type { LedgerWorkBackend } from './backends.ts'
import type { NesteggFunction } from './nestegg-function.ts'
import { eventBucket, storageAccess } from './object-task.ts'

export interface LedgerWorkProps {
  readonly settings: EnvironmentSettings
  readonly database: DatabaseStack
}

/** A bucket of what is left to do for ledgers. Its objects name households and imports, and hold no data of them. */
export class LedgerWork extends Construct implements LedgerWorkBackend {
  readonly workVariables: BackendVariables<'ledger-work'>
  readonly access: SecurityGroup
  readonly bucketName: string
  private readonly bucket: Bucket

  constructor(scope: Construct, id: string, { database, settings }: LedgerWorkProps) {
    super(scope, id)
    this.bucket = eventBucket(this, {
      settings,
      // Longer than the attempts at an event, and than the queue of failures keeps it.
      keptFor: Duration.days(30),
      unlogged: 'Its objects name households and imports, and hold no data of them. The result of each is in the log.',
    })
    this.bucketName = this.bucket.bucketName
    this.workVariables = { LEDGER_WORK_BUCKET: this.bucketName }
    this.access = storageAccess(this, database.placement.vpc)
  }

  /** The values that other stacks use. */
  get exported(): readonly string[] {
    return [this.bucketName, this.bucket.bucketArn, this.access.securityGroupId]
  }

  grantAsking(grantee: NesteggFunction): Grant {
    return this.grant(grantee, 's3:PutObject')
  }

  grantReading(grantee: NesteggFunction): Grant {
    return this.grant(grantee, 's3:GetObject')
  }

  private grant(grantee: NesteggFunction, action: string): Grant {
    Validations.of(grantee).acknowledge({
      id: importedObjectsOf(this.bucket, workPrefix),
      reason: 'The names of future work are not known. The prefix holds no other objects.',
    })
    return Grant.addToPrincipal({ grantee, actions: [action], resourceArns: [this.bucket.arnForObjects(`${workPrefix}*`)] })
  }
}
