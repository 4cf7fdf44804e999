// An OpenID Connect issuer of somebody else's making, for the tests of sign-in: npm oidc-provider.
// Reads one JSON object from standard input, {client, claims, account, acr, inIdToken, algorithms}, and says its address.
import http from "node:http";
import { exportJWK, generateKeyPair } from "jose";
import { Provider } from "oidc-provider";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const wish = JSON.parse(Buffer.concat(chunks).toString());

const key = async (alg) => ({ ...(await exportJWK((await generateKeyPair(alg, { extractable: true })).privateKey)), alg, use: "sig", kid: alg });
const jwks = { keys: [await key("ES256"), await key("RS256")] };

const server = http.createServer();
server.listen(0, "127.0.0.1", async () => {
  const address = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(address, {
    clients: [wish.client],
    jwks,
    claims: wish.claims,
    scopes: ["openid", ...Object.keys(wish.claims)],
    acrValues: wish.acr ? [wish.acr] : [],
    conformIdTokenClaims: !wish.inIdToken,
    cookies: { keys: ["only for tests"] },
    enabledJWA: {
      idTokenSigningAlgValues: wish.algorithms,
      clientAuthSigningAlgValues: ["ES256", "RS256"],
    },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
    pkce: { required: () => true },
    interactions: { url: (_ctx, interaction) => `/person/${interaction.uid}` },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...wish.account }) }),
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope(ctx.oidc.params.scope);
      await grant.save();
      return grant;
    },
  });
  const serve = provider.callback();
  server.on("request", async (request, response) => {
    const path = new URL(request.url, address).pathname;
    if (!path.startsWith("/person/")) return serve(request, response);
    const details = await provider.interactionDetails(request, response);
    const login = { accountId: wish.account.sub ?? "person-1", ...(wish.acr && { acr: wish.acr }) };
    return provider.interactionFinished(request, response, details.params.login_hint === "nobody"
      ? { error: "access_denied" } : { login }, { mergeWithLastSubmission: false });
  });
  console.log(JSON.stringify({ address }));
});
