import { join } from 'node:path';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
	Distribution,
	Function as EdgeFunction,
	FunctionCode,
	FunctionEventType,
	FunctionRuntime,
	HeadersFrameOption,
	HeadersReferrerPolicy,
	HttpVersion,
	PriceClass,
	ResponseHeadersPolicy,
	ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { contentSecurityPolicy, securityHeaders } from '../../server/static/content-security.ts';

export interface SiteStackProps extends StackProps {
	/** CSP sources of the scripts that stand in the built pages: `'sha256-…'`. */
	inlineScripts: readonly string[];
}

/**
 * The workshop's pages for everybody: a private bucket behind CloudFront. Nothing in it runs, so an idle site costs the
 * storage of a few megabytes, less than a cent a month; the first TB out and 10 million requests a month are free.
 * https://aws.amazon.com/cloudfront/pricing/
 *
 * The pages are copied in by `aws s3 sync` (see README.md); a BucketDeployment would bring a Lambda function along.
 */
export class SiteStack extends Stack {
	constructor(scope: Construct, id: string, props: SiteStackProps) {
		super(scope, id, { description: "Slipway: the workshop's pages on CloudFront. Costs cents a month.", ...props });
		const bucket = new Bucket(this, 'Pages', {
			blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
			encryption: BucketEncryption.S3_MANAGED,
			enforceSSL: true,
			objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
			// The pages can be built again. Its deletion fails while it holds any, on purpose: see README.md.
			removalPolicy: RemovalPolicy.DESTROY,
		});
		const distribution = new Distribution(this, 'Distribution', {
			comment: 'Slipway',
			defaultRootObject: 'index.html',
			httpVersion: HttpVersion.HTTP2_AND_3,
			priceClass: PriceClass.PRICE_CLASS_100,
			defaultBehavior: {
				origin: S3BucketOrigin.withOriginAccessControl(bucket),
				viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
				compress: true,
				responseHeadersPolicy: this.headers(props.inlineScripts),
				functionAssociations: [{ function: this.cleanUrls(), eventType: FunctionEventType.VIEWER_REQUEST }],
			},
			// The bucket says 403 for what is not there, because CloudFront may not list it.
			errorResponses: [403, 404].map((httpStatus) => ({
				httpStatus,
				responseHttpStatus: 404,
				responsePagePath: '/404.html',
				ttl: Duration.minutes(1),
			})),
		});
		new CfnOutput(this, 'Url', { value: `https://${distribution.distributionDomainName}/` });
		new CfnOutput(this, 'BucketName', { value: bucket.bucketName });
		new CfnOutput(this, 'DistributionId', { value: distribution.distributionId });
	}

	private headers(inlineScripts: readonly string[]): ResponseHeadersPolicy {
		const { 'Cross-Origin-Opener-Policy': opener, 'Cross-Origin-Resource-Policy': resource } = securityHeaders;
		return new ResponseHeadersPolicy(this, 'Headers', {
			comment: 'Slipway: nothing from elsewhere',
			securityHeadersBehavior: {
				contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(inlineScripts), override: true },
				contentTypeOptions: { override: true },
				frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
				referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
				strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: false, override: true },
			},
			customHeadersBehavior: {
				customHeaders: [
					{ header: 'Cross-Origin-Opener-Policy', value: opener, override: true },
					{ header: 'Cross-Origin-Resource-Policy', value: resource, override: true },
					{ header: 'Permissions-Policy', value: securityHeaders['Permissions-Policy'], override: true },
				],
			},
		});
	}

	private cleanUrls(): EdgeFunction {
		return new EdgeFunction(this, 'CleanUrls', {
			comment: '/labs/x/ is /labs/x/index.html',
			runtime: FunctionRuntime.JS_2_0,
			code: FunctionCode.fromFile({ filePath: join(import.meta.dirname, 'clean-urls.js') }),
		});
	}
}
