import { join } from 'node:path'
import { CustomResource, FileSystem, Validations } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Architecture, Code, LayerVersion } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import { Provider } from 'aws-cdk-lib/custom-resources'
import { Construct } from 'constructs'
import { contentTypeOf, retiredKey, webFilesIn } from '../../lambdas/runtime/web-files.ts'
import type { EnvironmentSettings } from '../environments.ts'
import { anyVersionOf, basicExecution, logicalIdOf } from './acknowledgements.ts'
import { NesteggFunction } from './nestegg-function.ts'

/** The variables of the publisher, in addition to the shared ones. */
type PublisherVariables = Record<'WEB_BUCKET' | 'WEB_FOLDER', string>

export interface WebSources {
  /** The built bundles: `<buildFolder>/operations` holds the publisher. */
  readonly buildFolder: string
  /** The built web application. */
  readonly webFolder: string
}

export interface WebPublisherProps {
  readonly settings: EnvironmentSettings
  readonly bucket: Bucket
  readonly sources: WebSources
}

/** Where Lambda unpacks layers. */
const layerFolder = '/opt'

/**
 * Copies the built web application to its bucket during a deployment, if any of its files has changed. The files are a layer of the
 * function that copies them, so it needs no right to read them anywhere.
 */
export class WebPublisher extends Construct {
  constructor(scope: Construct, id: string, { settings, bucket, sources: { buildFolder, webFolder } }: WebPublisherProps) {
    super(scope, id)
    // A file that the publisher would refuse is refused before the deployment.
    for (const file of webFilesIn(webFolder)) contentTypeOf(file)
    const publisher = new NesteggFunction(this, 'Publish', {
      settings,
      service: 'operations',
      description: 'Copies the web application to its bucket',
      code: Code.fromAsset(join(buildFolder, 'operations')),
      handler: 'publish-web.handler',
      timeoutSeconds: 600,
      environment: { WEB_BUCKET: bucket.bucketName, WEB_FOLDER: layerFolder } satisfies PublisherVariables,
      layers: [
        new LayerVersion(this, 'Files', {
          description: 'The built web application',
          code: Code.fromAsset(webFolder),
          compatibleArchitectures: [Architecture.ARM_64],
        }),
      ],
    })
    publisher.addRights(
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
      new PolicyStatement({ actions: ['s3:PutObject', 's3:DeleteObject'], resources: [bucket.arnForObjects('*')] }),
      new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(retiredKey)] }),
    )
    Validations.of(publisher).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(bucket)}.Arn>/*]`,
      reason: 'The names of future files are not known. The bucket holds the web application and nothing else.',
    })
    const provider = new Provider(this, 'Provider', {
      onEventHandler: publisher.function,
      logGroup: new LogGroup(this, 'ProviderLogs', { retention: settings.logRetention, removalPolicy: settings.removalPolicy }),
    })
    new CustomResource(this, 'Resource', {
      resourceType: 'Custom::WebRelease',
      serviceToken: provider.serviceToken,
      // The publisher runs again when one of these changes.
      properties: { files: FileSystem.fingerprint(webFolder), bucket: bucket.bucketName },
    })
    Validations.of(provider).acknowledge(
      {
        id: basicExecution,
        reason: "The role is that of CDK's own provider function: the basic execution policy lets it write logs, and nothing else.",
      },
      {
        id: anyVersionOf(publisher.function),
        reason: "CDK's provider function may call any version of the publisher, and nothing else.",
      },
    )
  }
}
