/** The settings of an AWS client: the defaults in AWS; on a laptop the address of a local emulator, which accepts any credentials. */
export const clientSettings = (endpoint: string | undefined) =>
  endpoint ? { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } : {}
