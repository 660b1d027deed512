import { readFile } from 'node:fs/promises'
import { join, normalize, sep } from 'node:path'
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { pageHeaders } from '../lambdas/runtime/security-headers.ts'
import { cacheControlOf, contentTypeOf, fileExtension, indexFile } from '../lambdas/runtime/web-files.ts'

const decoded = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/**
 * Serves the built web application as CloudFront does in AWS: a path without a file extension is a page of the application, which is
 * `index.html`. Returns undefined if there is no such file.
 */
export const webFiles =
  (folder: string) =>
  async (path: string): Promise<APIGatewayProxyStructuredResultV2 | undefined> => {
    const name = decoded(path)
    if (name === undefined || name.includes('\0')) return undefined
    const wanted = fileExtension.test(name) ? normalize(name).slice(1) : indexFile
    const file = join(folder, wanted)
    if (!file.startsWith(`${folder}${sep}`)) return undefined
    const content = await readFile(file).catch(() => undefined)
    if (!content) return undefined
    return {
      statusCode: 200,
      headers: { ...pageHeaders(), 'content-type': contentTypeOf(wanted), 'cache-control': cacheControlOf(wanted) },
      body: content.toString('base64'),
      isBase64Encoded: true,
    }
  }
