# Verifies a mail on the standard input with Mail::DKIM, which is what SpamAssassin uses, and prints
# "SELECTOR RESULT" for each signature. Arguments: pairs of a record's name and its text.
use strict;
use warnings;
use Mail::DKIM::Verifier;
use Net::DNS::RR;

my %records = @ARGV;
{
    no warnings 'redefine';
    *Mail::DKIM::DNS::query = sub {
        my ($name, $type) = @_;
        return if $type ne 'TXT' || !exists $records{$name};
        return Net::DNS::RR->new(name => $name, type => 'TXT', txtdata => [$records{$name}]);
    };
}

my $verifier = Mail::DKIM::Verifier->new();
binmode STDIN;
while (my $part = <STDIN>) { $verifier->PRINT($part); }
$verifier->CLOSE;
printf "%s %s\n", $_->selector, $_->result for $verifier->signatures;
