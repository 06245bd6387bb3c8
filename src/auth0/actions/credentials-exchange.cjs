exports.onExecuteCredentialsExchange = async (event, api) => {
  api.accessToken.setCustomClaim('https://api.example.com/tenant_id', event.client.metadata.tenant_id);
};
