import { Duration } from 'aws-cdk-lib'
import { type CfnDistribution, OriginProtocolPolicy, OriginSslPolicy } from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'

/** Longer than the 30 seconds of API Gateway: CloudFront would send a GET again that it gave up. */
const answerTimeout = Duration.seconds(40)

/** The API, as CloudFront reaches it: by HTTPS, and with a certificate if it asks for one. */
export class ApiOrigin extends HttpOrigin {
  private readonly clientCertificateArn: string | undefined

  constructor(domainName: string, clientCertificateArn?: string) {
    super(domainName, {
      originId: 'api',
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      readTimeout: answerTimeout,
      keepaliveTimeout: Duration.seconds(60),
    })
    this.clientCertificateArn = clientCertificateArn
  }

  /** The origins of CDK do not know the certificate yet. */
  protected override renderCustomOriginConfig(): CfnDistribution.CustomOriginConfigProperty | undefined {
    const config = super.renderCustomOriginConfig()
    if (config === undefined || this.clientCertificateArn === undefined) return config
    return { ...config, originMtlsConfig: { clientCertificateArn: this.clientCertificateArn } }
  }
}
