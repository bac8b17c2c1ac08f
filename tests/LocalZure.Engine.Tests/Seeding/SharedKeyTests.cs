using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Tests.Seeding;

public sealed class SharedKeyTests
{
    // The example of Microsoft's page "Authorize with Shared Key".
    [Fact]
    public void TextOfBlobOrQueue_ExampleOfTheSpecification_IsTheSame() => Assert.Equal(
        "GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\nx-ms-version:2015-02-21\n/myaccount/mycontainer\ncomp:metadata\nrestype:container\ntimeout:20",
        SharedKey.TextOfBlobOrQueue(
            "GET",
            new Dictionary<string, string> { ["x-ms-version"] = "2015-02-21", ["x-ms-date"] = "Fri, 26 Jun 2015 23:39:12 GMT" },
            "myaccount",
            new Uri("https://myaccount.blob.core.windows.net/mycontainer?restype=container&timeout=20&comp=metadata")));

    [Fact]
    public void TextOfTable_PathStyle_NamesTheAccountTwice() => Assert.Equal(
        "POST\n\napplication/json\nFri, 26 Jun 2015 23:39:12 GMT\n/devstoreaccount1/devstoreaccount1/Tables",
        SharedKey.TextOfTable("POST", "application/json", "Fri, 26 Jun 2015 23:39:12 GMT", "devstoreaccount1", new Uri("http://127.0.0.1:10002/devstoreaccount1/Tables")));

    // RFC 4231, test case 2: "what do ya want for nothing?" with the key "Jefe".
    [Fact]
    public void Sign_Text_IsItsHmac() => Assert.Equal(
        Convert.ToBase64String(Convert.FromHexString("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")),
        SharedKey.Sign("what do ya want for nothing?", Convert.ToBase64String("Jefe"u8.ToArray())));

    // The example of Microsoft's page "Access control in the Azure Cosmos DB SQL API", whose escapes have small letters.
    [Fact]
    public void CosmosAuthorization_ExampleOfTheSpecification_IsTheSame() => Assert.Equal(
        "type%3dmaster%26ver%3d1.0%26sig%3dc09PEVJrgp2uQRkr934kFbTqhByc7TVr3OHyqlu%2bc%2bc%3d",
        CosmosKey.Authorization("GET", "dbs", "dbs/ToDoList", "Thu, 27 Apr 2017 00:51:12 GMT", "dsZQi3KtZmCv1ljt3VNWNm7sQUF1y5rJfC6kv5JiwvW0EndXdDku/dkKBp8/ufDToSxLzR4y+O/0H/t4bQtVNw=="),
        ignoreCase: true);
}
