/**
 * Scopes at other providers that options of a social connection request when enabled. Recorded for a few of them; the others are
 * specified (descriptions of Auth0's SDKs) and spelled as the provider documents them.
 */
type Scopes = Readonly<Record<string, string>>;

const same = (...names: string[]): Scopes => Object.fromEntries(names.map((name) => [name, name]));

const ofGoogle = (name: string): string => `https://www.googleapis.com/auth/${name}`;

/** Google's own names contain dots. */
const dotted = (...names: string[]): Scopes =>
  Object.fromEntries(names.map((name) => [name, ofGoogle(name.replaceAll('_', '.'))]));

export const GOOGLE_SCOPES: Scopes = {
  ...same('email', 'profile'),
  ...dotted('analytics', 'blogger', 'calendar', 'calendar_addons_execute', 'calendar_events'),
  ...dotted('calendar_events_readonly', 'calendar_settings_readonly', 'contacts_other_readonly'),
  ...dotted('contacts_readonly', 'coordinate', 'coordinate_readonly', 'directory_readonly', 'drive'),
  ...dotted(
    'drive_activity',
    'drive_activity_readonly',
    'drive_appdata',
    'drive_apps_readonly',
    'drive_file',
  ),
  ...dotted('drive_metadata', 'drive_metadata_readonly', 'drive_photos_readonly', 'drive_readonly'),
  ...dotted('drive_scripts', 'gmail_compose', 'gmail_insert', 'gmail_labels', 'gmail_metadata'),
  ...dotted('gmail_modify', 'gmail_readonly', 'gmail_send', 'gmail_settings_basic', 'gmail_settings_sharing'),
  ...dotted('tasks', 'tasks_readonly', 'youtube', 'youtube_readonly', 'youtube_upload', 'youtubepartner'),
  adsense_management: ofGoogle('adsense'),
  contacts: 'https://www.google.com/m8/feeds',
  contacts_new: ofGoogle('contacts'),
  content_api_for_shopping: ofGoogle('content'),
  document_list: 'https://docs.google.com/feeds',
  gmail: 'https://mail.google.com/',
  gmail_new: 'https://mail.google.com/',
  google_books: ofGoogle('books'),
  google_cloud_storage: ofGoogle('devstorage.read_write'),
  youtube_channelmemberships_creator: ofGoogle('youtube.channel-memberships.creator'),
};

export const GITHUB_SCOPES: Scopes = {
  ...same('delete_repo', 'gist', 'notifications', 'public_repo', 'repo', 'repo_deployment'),
  admin_org: 'admin:org',
  admin_public_key: 'admin:public_key',
  admin_repo_hook: 'admin:repo_hook',
  email: 'user:email',
  follow: 'user:follow',
  read_org: 'read:org',
  read_public_key: 'read:public_key',
  read_repo_hook: 'read:repo_hook',
  read_user: 'read:user',
  repo_status: 'repo:status',
  write_org: 'write:org',
  write_public_key: 'write:public_key',
  write_repo_hook: 'write:repo_hook',
};

export const FACEBOOK_SCOPES: Scopes = same(
  'ads_management',
  'ads_read',
  'business_management',
  'email',
  'groups_access_member_info',
  'leads_retrieval',
  'manage_notifications',
  'manage_pages',
  'pages_manage_cta',
  'pages_manage_instant_articles',
  'pages_messaging',
  'pages_messaging_phone_number',
  'pages_messaging_subscriptions',
  'pages_show_list',
  'public_profile',
  'publish_actions',
  'publish_pages',
  'publish_to_groups',
  'publish_video',
  'read_audience_network_insights',
  'read_insights',
  'read_mailbox',
  'read_page_mailboxes',
  'read_stream',
  'user_age_range',
  'user_birthday',
  'user_events',
  'user_friends',
  'user_gender',
  'user_groups',
  'user_hometown',
  'user_likes',
  'user_link',
  'user_location',
  'user_managed_groups',
  'user_photos',
  'user_posts',
  'user_status',
  'user_tagged_places',
  'user_videos',
);

const LINKEDIN_OLDER: Scopes = {
  email: 'r_emailaddress',
  full_profile: 'r_fullprofile',
  network: 'r_network',
};

/** By `strategy_version`. */
export const LINKEDIN_SCOPES: Readonly<Record<1 | 2 | 3, Scopes>> = {
  1: { ...LINKEDIN_OLDER, profile: 'r_basicprofile', basic_profile: 'r_basicprofile' },
  2: { ...LINKEDIN_OLDER, profile: 'r_liteprofile', basic_profile: 'r_basicprofile' },
  3: same('email', 'openid', 'profile'),
};

export const AMAZON_SCOPES: Scopes = same('postal_code', 'profile');
export const PAYPAL_SCOPES: Scopes = same('address', 'email', 'phone', 'profile');
