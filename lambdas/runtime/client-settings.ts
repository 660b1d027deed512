/** How an AWS client is made: in AWS by its defaults; on a laptop for the address of a stand-in, which takes any credentials. */
export const clientSettings = (endpoint: string | undefined) =>
  endpoint ? { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } : {}
