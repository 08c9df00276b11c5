// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.server;

import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.xray.XRayClient;

/**
 * The AWS SDK's clients, aimed at one server. They read no profile and no proxy setting of the user. Loading the SDK takes
 * most of a second, so only commands that call the API touch this class.
 */
public final class Clients implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Clients.class.getName());
    private static final Duration CALL_PATIENCE = Duration.ofSeconds(60);

    private final Endpoint endpoint;
    private final StaticCredentialsProvider credentials;
    private final Region region;
    private final SdkHttpClient http = UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(2))
            .socketTimeout(CALL_PATIENCE)
            .proxyConfiguration(ProxyConfiguration.builder()
                    .useSystemPropertyValues(false)
                    .useEnvironmentVariablesValues(false)
                    .build())
            .build();
    private final ClientOverrideConfiguration overrides = plain();

    /** Clients for {@code server}, which must outlive them. */
    public Clients(RunningServer server) {
        this.endpoint = server.endpoint();
        this.credentials = StaticCredentialsProvider.create(credentials(server.keys()));
        this.region = Region.of(server.region());
    }

    /**
     * Starts to load the SDK in the background, for a command that will need it but has something else to wait for first.
     * Whatever goes wrong there shows when the SDK is used.
     */
    public static void loadAhead() {
        Thread.ofPlatform().daemon().name("sdk-loader").start(() -> {
            var nobody = StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "nothing"));
            try (var iam = IamClient.builder()
                            .region(Region.US_EAST_1)
                            .credentialsProvider(nobody)
                            .httpClientBuilder(UrlConnectionHttpClient.builder())
                            .overrideConfiguration(plain())
                            .build();
                    var lambda = LambdaClient.builder()
                            .region(Region.US_EAST_1)
                            .credentialsProvider(nobody)
                            .httpClientBuilder(UrlConnectionHttpClient.builder())
                            .overrideConfiguration(plain())
                            .build()) {
                LOG.log(Level.DEBUG, "loaded {0} and {1}", iam.serviceName(), lambda.serviceName());
            }
        });
    }

    private static ClientOverrideConfiguration plain() {
        return ClientOverrideConfiguration.builder()
                .defaultProfileFile(ProfileFile.aggregator().build())
                .apiCallTimeout(CALL_PATIENCE)
                .build();
    }

    private static AwsCredentials credentials(KeyPair keys) {
        return keys.sessionToken().isEmpty()
                ? AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey())
                : AwsSessionCredentials.create(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
    }

    public XRayClient xray() {
        return aimed(XRayClient.builder()).build();
    }

    public LambdaClient lambda() {
        return aimed(LambdaClient.builder()).build();
    }

    public EventBridgeClient events() {
        return aimed(EventBridgeClient.builder()).build();
    }

    public ApiGatewayClient apiGateway() {
        return aimed(ApiGatewayClient.builder()).build();
    }

    public IamClient iam() {
        return aimed(IamClient.builder()).build();
    }

    public CloudWatchLogsClient logs() {
        return aimed(CloudWatchLogsClient.builder()).build();
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B aimed(B builder) {
        return builder.endpointOverride(endpoint.uri())
                .credentialsProvider(credentials)
                .region(region)
                .httpClient(http)
                .overrideConfiguration(overrides);
    }

    /**
     * What {@code call} answers.
     *
     * @throws Problem in words for a person, if the server refuses or does not answer
     */
    public static <T> T ask(Supplier<T> call) {
        try {
            return call.get();
        } catch (AwsServiceException e) {
            var details = e.awsErrorDetails();
            throw new Problem(
                    details == null
                            ? String.valueOf(e.getMessage())
                            : details.serviceName() + " refused: " + details.errorMessage() + " (" + details.errorCode()
                                    + ")",
                    "The request id is " + e.requestId() + ".",
                    ExitCodes.FAILED,
                    e);
        } catch (SdkClientException e) {
            throw new Problem(
                    "The server did not answer: " + e.getMessage(),
                    "See whether it still runs with `clew version`.",
                    ExitCodes.UNREACHABLE,
                    e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
