import { S3Client } from '@aws-sdk/client-s3'
import type { CdkCustomResourceEvent, CdkCustomResourceResponse } from 'aws-lambda'
import * as z from 'zod'
import { logger } from '../../runtime/observability.ts'
import { publishRelease, removeReleases } from '../web-release.ts'

/** Must never change: with another id, CloudFormation would see a replacement and send a Delete, which removes all files. */
const PhysicalResourceId = 'web-release'

const client = new S3Client({ maxAttempts: 6 })

const settingsForm = z.object({ WEB_BUCKET: z.string(), WEB_FOLDER: z.string() })

/**
 * Publishes the web application of this release, on Create and Update. CloudFormation sends no Delete to a resource that it could not
 * create, so a Create that fails leaves the bucket empty, as a Delete does: CloudFormation cannot delete one with objects.
 */
export const handler = async ({ RequestType }: CdkCustomResourceEvent): Promise<CdkCustomResourceResponse> => {
  const { WEB_BUCKET: bucket, WEB_FOLDER: folder } = settingsForm.parse(process.env)
  const place = { bucket, client }
  if (RequestType === 'Delete') {
    await removeReleases(place)
    return { PhysicalResourceId }
  }
  try {
    const published = await publishRelease(place, folder, new Date())
    logger.info('The web application is published', { ...published })
    return { PhysicalResourceId }
  } catch (error) {
    if (RequestType === 'Create') await removeReleases(place)
    throw error
  }
}
