/** Whom test events are about (recorded). */
export const SAMPLE_USER = {
  user_id: 'auth0|507f1f77bcf86cd799439020',
  email: 'john.doe@example.com',
  email_verified: false,
  username: 'johndoe',
  phone_number: '+15555555555',
  phone_verified: false,
  created_at: '2025-02-01T12:34:56Z',
  updated_at: '2025-02-01T12:34:56Z',
  identities: [
    {
      provider: 'auth0',
      isSocial: false,
      connection: 'Username-Password-Authentication',
      user_id: '507f1f77bcf86cd799439020',
      profileData: {
        email: 'john.doe@example.com',
        email_verified: false,
        name: 'John Doe',
        username: 'johndoe',
        given_name: 'John',
        family_name: 'Doe',
        phone_number: '+15555555555',
        phone_verified: false,
      },
    },
  ],
  app_metadata: {
    plan: 'pro',
  },
  user_metadata: {
    hobby: 'skydiving',
  },
  picture:
    'https://secure.gravatar.com/avatar/15626c5e0c749cb912f9d1ad48dba440?s=480&r=pg&d=https%3A%2F%2Fssl.gstatic.com%2Fs2%2Fprofiles%2Fimages%2Fsilhouette80.png',
  name: 'John Doe',
  nickname: 'John Doe',
  multifactor: ['sample'],
  last_ip: '10.0.0.1',
  last_login: '2025-02-01T12:34:56Z',
  logins_count: 42,
  blocked: false,
  given_name: 'John',
  family_name: 'Doe',
};

const { multifactor: _multifactor, ...delivered } = SAMPLE_USER;

/** What of it is delivered (recorded). */
export const DELIVERED_USER = {
  ...delivered,
  identities: SAMPLE_USER.identities.map(({ connection, provider, user_id }) => ({
    connection,
    provider,
    user_id,
  })),
};
