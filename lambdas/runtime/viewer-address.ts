import { isIP } from 'node:net'
import { readVariable } from './environment.ts'
import { header, type HttpEvent } from './request.ts'

/** The header in which the front passes the address of its viewer on. The front sets it in every request, whatever the viewer sent. */
export const viewerAddressHeader = 'true-client-ip'

/**
 * The address that a request comes from. Behind the front, API Gateway sees the addresses of CloudFront, and the header has that of the
 * viewer. Everybody can send the header to the address of API Gateway, so it counts only in requests to the domain that requires the
 * certificate of the front.
 */
export const viewerAddressOf = (event: HttpEvent): string => {
  const { domainName, http } = event.requestContext
  const viewer = header(event, viewerAddressHeader)
  const isFromFront = domainName === readVariable('FRONT_ORIGIN_DOMAIN')
  return isFromFront && viewer !== undefined && isIP(viewer) !== 0 ? viewer : http.sourceIp
}
